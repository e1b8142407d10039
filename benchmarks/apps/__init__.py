"""Streamlit apps that the dashboard is held against."""
