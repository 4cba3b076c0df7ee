"""The page in Django and in Flask, each as its own documentation would have it, called as a WSGI application."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.peers.content import PEERS, context

Wsgi = Callable[..., Any]


def django(messages: Path) -> Wsgi:
    """With the middlewares that its project template switches on, save those that need a database."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.shortcuts import render
    from django.urls import path

    def page(request: Any) -> Any:
        return render(request, "page.html", {"page": context()})

    settings.configure(
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="bench",
        ROOT_URLCONF=type("Urls", (), {"urlpatterns": [path("ko/page", page)]}),
        USE_I18N=True,
        LANGUAGE_CODE="ko",
        LOCALE_PATHS=[str(messages)],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [str(PEERS / "pages" / "django")]}
        ],
    )
    application: Wsgi = get_wsgi_application()
    return application


def flask(messages: Path) -> Wsgi:
    """With Jinja's own translation extension."""
    import gettext

    from flask import Flask, render_template

    app = Flask("bench", template_folder=str(PEERS / "pages" / "jinja"))
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_translations(  # type: ignore[attr-defined]
        gettext.translation("django", str(messages), ["ko"]), newstyle=True
    )

    @app.get("/ko/page")
    def page() -> str:
        return render_template("bench_page.html", page=context())

    application: Wsgi = app.wsgi_app
    return application


class WsgiCall:
    """A request to a WSGI application, like ``drive.Call``."""

    def __init__(self, app: Wsgi) -> None:
        self.app = app
        self.body = b""

    async def run(self, count: int) -> float:
        import io

        status = ""

        def start(given: str, headers: Any, error: Any = None) -> None:
            nonlocal status
            status = given

        began = time.process_time_ns()
        for _ in range(count):
            answer = self.app(
                {
                    "REQUEST_METHOD": "GET",
                    "PATH_INFO": "/ko/page",
                    "QUERY_STRING": "",
                    "SCRIPT_NAME": "",
                    "SERVER_NAME": "127.0.0.1",
                    "SERVER_PORT": "8000",
                    "SERVER_PROTOCOL": "HTTP/1.1",
                    "HTTP_HOST": "127.0.0.1:8000",
                    "HTTP_ACCEPT_LANGUAGE": "ko",
                    "wsgi.version": (1, 0),
                    "wsgi.url_scheme": "https",
                    "wsgi.input": io.BytesIO(),
                    "wsgi.errors": io.StringIO(),
                    "wsgi.multithread": False,
                    "wsgi.multiprocess": True,
                    "wsgi.run_once": False,
                },
                start,
            )
            self.body = b"".join(answer)
            if hasattr(answer, "close"):
                answer.close()
        spent = time.process_time_ns() - began
        assert status.startswith("200"), status
        return spent / count / 1000
