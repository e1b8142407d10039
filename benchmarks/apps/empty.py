"""An empty Streamlit app: a box to choose in and a line of text."""

import os

import streamlit as st

where = st.selectbox("Where", os.environ["PLACES"].split("|"))
st.write(where)
