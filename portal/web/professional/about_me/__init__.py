"""Who the person is: names, birthday, home, and the facts rules ask for."""
