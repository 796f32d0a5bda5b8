"""An installation without https is told so once and in Korean, not in the framework's four sentences."""

from sijeong.site import examination
from sijeong.site.finding import State


def test_plain_http_is_one_warning(settings):
    settings.PRODUCTION = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = False
    settings.SECURE_HSTS_SECONDS = 0
    told = list(examination._settings())
    (plain,) = [finding for finding in told if "https 없이" in finding.text]
    assert plain.state is State.WARN
    assert not any(code in finding.text for finding in told for code in examination.WITHOUT_HTTPS)
