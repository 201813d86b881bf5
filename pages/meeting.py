"""周例会: the meeting in full screen; before it the lobby, where one is opened and what was decided is followed up."""

import streamlit as st

from supervision.view import meeting_forms, meeting_lobby, promise_card, shell

shell.opened_batch()  # a deep link that is the first to reach the server goes through the entry page first
if "meeting" in st.query_params:
    meeting_forms.hold(st.query_params["meeting"])
elif "promise" in st.query_params:
    promise_card.show(st.query_params["promise"])
else:
    meeting_lobby.show()
