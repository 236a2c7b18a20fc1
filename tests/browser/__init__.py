"""A real browser for tests: watched pages, and what checkers say of them."""

from tests.browser.checkers import axe, lighthouse, nu_errors
from tests.browser.watching import CHROMIUM_FLAGS, PATIENCE, WatchedPages

__all__ = ["CHROMIUM_FLAGS", "PATIENCE", "WatchedPages", "axe", "lighthouse", "nu_errors"]
