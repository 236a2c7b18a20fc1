"""What the rooms of the reader share."""

import pytest

from tests.factories import make_user


@pytest.fixture
def desk(client, open_page, live_server):
    """Open a page of an editor, as its screen is: `desk(color_scheme="dark")`."""
    client.force_login(make_user("Ed", is_staff=True, is_superuser=True))
    session = client.cookies["sessionid"].value

    def open_desk(**options):
        # The admin's sheets import others, which axe can look into only as styles of its own.
        page = open_page(bypass_csp=True, **options)
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return page

    return open_desk
