"""The same page in other frameworks, to be measured beside ours."""
