"""Do the watchers of the other tests notice what they watch for?"""

from collections.abc import Callable

from tests.browser.visitor import Visitor


def test_errors_forbidden_content_and_barriers_are_noticed(visit: Callable[..., Visitor]) -> None:
    visitor = visit("watcher")
    visitor.page.set_content(
        '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
        "<main><img src='data:,'><script>1</script></main>"
    )
    visitor.page.evaluate("() => { setTimeout(() => { throw new Error('broken'); }, 0); }")
    visitor.page.wait_for_timeout(100)
    visitor.audit("page")
    assert any("Content Security Policy" in trouble for trouble in visitor.troubles)
    assert any("broken" in trouble for trouble in visitor.troubles)
    assert any("image-alt" in barrier for barrier in visitor.barriers)
