"""Structured data of a guide page: schema.org GovernmentService as JSON-LD, the one inline script there is."""

import base64
import hashlib
import json
from dataclasses import dataclass

from markupsafe import Markup

from madang.contract.messages.catalogue import Authority, Service
from madang.i18n.locales import HTML_LANG, Locale
from madang.web.links import link


@dataclass(frozen=True, slots=True)
class Script:
    """``markup`` goes between the script tags; ``csp_hash`` admits exactly it."""

    markup: Markup
    csp_hash: str


@dataclass(frozen=True, slots=True)
class JsonLd:
    """A service to be described for machines."""

    service: Service
    authority: Authority

    def script(self, base_url: str, locale: Locale) -> Script:
        service = self.service
        data = {
            "@context": "https://schema.org",
            "@type": "GovernmentService",
            "@id": base_url + link(locale, "guide", service=service.identifier),
            "identifier": service.identifier,
            "name": service.title.resolve(locale).text,
            "description": service.summary.resolve(locale).text,
            "inLanguage": HTML_LANG[locale],
            "serviceOperator": {"@type": "GovernmentOrganization", "name": self.authority.name.resolve(locale).text},
            "audience": {"@type": "Audience", "audienceType": service.who_short.resolve(locale).text},
            "areaServed": {"@type": "Country", "name": "KR"},
            "offers": [
                {"@type": "Offer", "price": cost.krw, "priceCurrency": "KRW", "category": cost.channel}
                for cost in service.costs
            ],
            "availableChannel": [{"@type": "ServiceChannel", "name": channel.id} for channel in service.channels],
        }
        # "<" could end the script element or open a comment in it; the escape means the same to a JSON reader
        text = (
            json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
        )
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        return Script(Markup(text), f"'sha256-{digest}'")  # noqa: S704 -- escaped above
