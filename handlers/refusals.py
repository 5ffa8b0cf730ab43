"""What a page refuses, and the one sentence it says. `page_edge` turns each into a response."""

from __future__ import annotations


class Refusal(Exception):
    """That cannot be done here.

    Refusal
      BadForm       400
      NotSignedIn   401
      CrossSite     403
      NotForYou     403
      NotThere      404
      ReusedId      409
      SpentLink     410
      TooLong       413
      Unavailable   503
      Broken        500
    """

    status = 400

    @property
    def sentence(self) -> str:
        return type(self).__doc__ or ""


class BadForm(Refusal):
    """That form cannot be read. Please reload the page and send it again."""


class NotSignedIn(Refusal):
    """You are signed out. Please use a new sign-in link, then send your message again."""

    status = 401


class CrossSite(Refusal):
    """That came from another website, so nothing was done with it."""

    status = 403


class NotForYou(Refusal):
    """That page is for facilitators and moderators. Your conversation is on the start page."""

    status = 403


class NotThere(Refusal):
    """There is no such page, or it is not yours to see."""

    status = 404


class ReusedId(Refusal):
    """That page was an old one, so your message has not been sent. Please send it again."""

    status = 409


class SpentLink(Refusal):
    """This sign-in link has been used or has run out. Please ask for a new one."""

    status = 410


class TooLong(Refusal):
    """That message is too long. Please send it in shorter parts."""

    status = 413


class Unavailable(Refusal):
    """The network cannot be reached at the moment. Please try again in a minute."""

    status = 503


class Broken(Refusal):
    """Something went wrong on our side. Please try again in a minute."""

    status = 500
