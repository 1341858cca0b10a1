"""What a person does from the dashboard, said as lines of the room's log. It answers nothing and shows nothing."""
