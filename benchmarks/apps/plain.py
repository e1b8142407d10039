"""A plain dashboard as people write it: a CSV file, pandas, Plotly; CACHED=1 keeps the frame."""

import os

import pandas as pd
import plotly.express as px
import streamlit as st


def load(path: str) -> pd.DataFrame:
    return pd.read_csv(path, parse_dates=["day"])


read = st.cache_data(load) if os.environ.get("CACHED") else load
posts = read(os.environ["CSV"])
where = st.selectbox("Where", os.environ["PLACES"].split("|"))
code = dict(pair.split("=") for pair in os.environ["CODES"].split("|")).get(where)
here = posts[posts["ward"] == code] if code else posts
here = here[here["day"] >= posts["day"].max() - pd.Timedelta(days=7)]
st.title(f"{here['post'].nunique()} posts from {here['voice'].nunique()} accounts")
daily = here.groupby(["day", "issue"])["post"].nunique().reset_index()
st.plotly_chart(px.line(daily, x="day", y="post", color="issue"))
st.bar_chart(here.groupby("issue")["post"].nunique().sort_values(ascending=False))
st.dataframe(here.groupby("issue").agg(posts=("post", "nunique"), accounts=("voice", "nunique")))
