"""Settings: read from the environment, refused with one sentence, and the document about them is true."""

import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from madang.web.data_folder import own_secret
from madang.web.setting_table import DOCUMENT, renewed
from madang.web.settings import Settings, SettingsError

KEY = "8f2b6c1d9e0a4753b1c8d2e6f7a90b3c"
OTHER = "c3b09a7f6e2d8c1b3574a0e9d1c6b2f8"
PUBLIC = {
    "MADANG_BASE_URL": "https://www.example.org",
    "MADANG_SECRET_KEYS": KEY,
    "MADANG_OIDC_ISSUER": "https://id.example.org",
    "MADANG_DEMONSTRATION": "yes",
}


def read(tmp_path: Path, **environ: str) -> Settings:
    return Settings.from_environment({"MADANG_DATA": str(tmp_path / "var"), "PATH": "/bin", **environ})


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.hosts == {"127.0.0.1:8000", "localhost:8000", "[::1]:8000"}
    assert len(settings.secret_keys[0]) == 64


def test_the_own_secret_stays_the_same_and_is_for_the_owner_alone(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path)
    assert first.secret_keys == second.secret_keys
    assert stat.S_IMODE((tmp_path / "var" / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret"]


def test_workers_that_start_at_once_agree_on_the_secret(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(8) as pool:
        assert len(set(pool.map(own_secret, [tmp_path] * 64, chunksize=1))) == 1


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    read(tmp_path)
    (tmp_path / "var" / "secret").chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        read(tmp_path)


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    settings = read(tmp_path, MADANG_SECRET_KEYS=KEY, MADANG_REDIS_URL="redis://:hunter2@localhost")
    assert KEY not in repr(settings)
    assert "hunter2" not in repr(settings)


def test_secrets_may_lie_in_files(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"{KEY}\n{OTHER}\n")
    assert read(tmp_path, MADANG_SECRET_KEYS_FILE=str(file)).secret_keys == (KEY, OTHER)
    with pytest.raises(SettingsError, match="both set"):
        read(tmp_path, MADANG_SECRET_KEYS_FILE=str(file), MADANG_SECRET_KEYS=KEY)
    with pytest.raises(SettingsError, match="not a setting"):  # a port is no secret
        read(tmp_path, MADANG_PORT_FILE=str(file))


def test_one_backend_for_all_and_one_for_a_group(tmp_path: Path) -> None:
    settings = read(tmp_path, MADANG_BACKEND_URL="https://a.example/", MADANG_BACKEND_URL_IDENTITY="https://b.example")
    assert settings.backend_urls["identity"] == "https://b.example"
    assert settings.backend_urls["drafts"] == "https://a.example"


def test_no_two_purposes_share_a_key(tmp_path: Path) -> None:
    settings = read(tmp_path, MADANG_SECRET_KEYS=f"{KEY},{OTHER}")
    keys = {*settings.derived_keys("vault"), *settings.derived_keys("clients"), *settings.assertion_keys, KEY, OTHER}
    assert len(keys) == 8
    assert read(tmp_path, MADANG_BACKEND_SECRET=KEY).assertion_keys == (KEY,)


def test_a_public_address_is_served_under_its_name_alone(tmp_path: Path) -> None:
    assert read(tmp_path, **PUBLIC).hosts == {"www.example.org"}
    assert read(tmp_path, **{**PUBLIC, "MADANG_BASE_URL": "https://www.example.org:443"}).hosts == {
        "www.example.org",
        "www.example.org:443",
    }
    assert "old.example.org" in read(tmp_path, **PUBLIC, MADANG_ALLOWED_HOSTS="old.example.org").hosts


WRONG = [
    ({"MADANG_BASE_URL": "http://www.example.org"}, "begins with https://"),
    ({"MADANG_BASE_URL": "http://127.0.0.1.example.org"}, "begins with https://"),
    (
        {"MADANG_BASE_URL": "https://www.example.org/portal", **{k: v for k, v in PUBLIC.items() if "BASE" not in k}},
        "only",
    ),
    ({"MADANG_BASE_URL": "ftp://x"}, "http:// or https://"),
    ({"MADANG_BASE_URL": "http://[::1"}, "http:// or https://"),
    ({"MADANG_HOST": "192.0.2.7"}, "begins with https://"),
    ({k: v for k, v in PUBLIC.items() if "OIDC" not in k and "DEMO" not in k}, "MADANG_OIDC_ISSUER"),
    ({k: v for k, v in PUBLIC.items() if "DEMO" not in k}, "MADANG_SIGNING_KEY"),
    ({"MADANG_PORT": "0"}, "from 1 to 65535"),
    ({"MADANG_PORT": "８０００"}, "from 1 to 65535"),
    ({"MADANG_PORT": "-1"}, "from 1 to 65535"),
    ({"MADANG_PORT": "9" * 5000}, "from 1 to 65535"),
    ({"MADANG_WORKERS": "many"}, "from 1 to 64"),
    ({"MADANG_SECRET_KEYS": "changeme"}, "openssl rand"),
    ({"MADANG_SECRET_KEYS": "a" * 64}, "openssl rand"),
    ({"MADANG_SECRET_KEYS": f"{KEY},short"}, "key 2"),
    ({"MADANG_SECRET_KEY": KEY}, "MADANG_SECRET_KEY is not a setting"),
    ({"MADANG_SECRET_KEYS_FILE": "/nowhere"}, "cannot be read"),
    ({"MADANG_REDIS_URL": "localhost:6379"}, "redis://"),
    ({"MADANG_DATABASE_URL": "mysql://x"}, "postgresql://"),
    ({"MADANG_BACKEND_URL_DRAFTS": "https://a.example"}, "has no backend"),
    ({"MADANG_BACKEND_URL": "https://a.example", "MADANG_DATABASE_URL": "sqlite:///x"}, "unset it"),
    ({"MADANG_OIDC_ISSUER": "http://id.example.org"}, "https://"),
    ({"MADANG_SIGNING_KEY": __file__}, "both"),
    ({"MADANG_SIGNING_KEY": "/nowhere/key.pem"}, "cannot be read"),
    ({"MADANG_TRUSTED_PROXIES": "10.0.0.1/8"}, "10.0.0.0/8"),
    ({"MADANG_ALLOWED_HOSTS": "*.example.org"}, r"without https:// or \*"),
    ({"MADANG_LOG_LEVEL": "loud"}, "debug, info"),
    ({"MADANG_DEMONSTRATION": "perhaps"}, "yes or no"),
    ({"MADANG_SESSION_IDLE_MINUTES": "120", "MADANG_SESSION_HOURS": "1"}, "shorter"),
    ({"MADANG_SECURITY_CONTACT": "security@example.org"}, "mailto:"),
    ({"MADANG_OPERATOR_EMAIL": "barriers at example.org"}, "no email address"),
    ({"MADANG_OIDC_CLIENT_ID": "a\r\nb"}, "one line"),
    ({"MADANG_OIDC_ROLES_CLAIM": "realm_access."}, "name a claim"),
    ({"MADANG_OIDC_ROLES_CLAIM": "the roles"}, "name a claim"),
    ({**PUBLIC, "MADANG_REDIS_URL": "redis://r", "MADANG_SECRET_KEYS": ""}, "the same MADANG_SECRET_KEYS"),
    ({"MADANG_DATA": "/proc/nothing"}, "another folder"),
    ({"MADANG_TRANSLATE_KEY": "abc"}, "MADANG_TRANSLATE_URL"),
    ({"MADANG_TRANSLATE_URL": "http://translate.example.org"}, "begins with https://"),
    ({"MADANG_TRANSLATE_URL": "http://8.8.8.8:5000"}, "begins with https://"),
    ({"MADANG_TRANSLATE_URL": "translate:5000"}, "http:// or https://"),
    ({"MADANG_SUPPORT_RECORDING": "0"}, "off, or to how many days"),
    ({"MADANG_SUPPORT_RECORDING": "yes"}, "off, or to how many days"),
    ({"MADANG_SUPPORT_RECORDING": "366"}, "1 to 365"),
    ({"MADANG_SUPPORT_RECORDING": "٣"}, "1 to 365"),
    ({"MADANG_SUPPORT_PHRASES": "/nowhere"}, "cannot be read"),
    ({"MADANG_SUPPORT_PHRASES": str(Path(__file__).parent / "samples/phrases")}, "house.yaml"),
]


@pytest.mark.parametrize(("environ", "told"), WRONG, ids=[f"{min(e)}-{i}" for i, (e, _) in enumerate(WRONG)])
def test_a_wrong_setting_is_refused_with_one_sentence(tmp_path: Path, environ: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told) as refused:
        Settings.from_environment({"MADANG_DATA": str(tmp_path / "var"), **environ})
    sentence = str(refused.value)
    assert sentence.endswith((".", ")"))
    assert "\n" not in sentence
    assert not any(value in sentence for name, value in environ.items() if "SECRET" in name and len(value) > 8)


def test_nothing_is_recorded_unless_days_are_set(tmp_path: Path) -> None:
    assert read(tmp_path).support_recording == 0
    assert read(tmp_path, MADANG_SUPPORT_RECORDING="OFF").support_recording == 0
    assert read(tmp_path, MADANG_SUPPORT_RECORDING="30").support_recording == 30


@pytest.mark.parametrize(
    "url",
    [
        "https://translate.example.org",
        "http://translate:5000",
        "http://127.0.0.1:5000",
        "http://10.1.2.3",
        "http://[::1]",
    ],
)
def test_a_translation_service_may_be_in_ones_own_network(tmp_path: Path, url: str) -> None:
    settings = Settings.from_environment(
        {"MADANG_DATA": str(tmp_path / "var"), "MADANG_TRANSLATE_URL": url, "MADANG_TRANSLATE_KEY": "abc"}
    )
    assert settings.translate_url == url
    assert "abc" not in repr(settings)


def test_a_data_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="MADANG_DATA"):
        Settings.from_environment({"MADANG_DATA": str(tmp_path / "file" / "var")})


def test_the_document_is_true() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert document == renewed(document), "run: python -m madang.web.setting_table"


def test_what_the_documents_example_sets_is_accepted(tmp_path: Path) -> None:
    block = DOCUMENT.read_text(encoding="utf-8").split("```sh\n")[1].split("```")[0]
    environ = dict(line.partition("#")[0].strip().split("=", 1) for line in block.splitlines())
    for name, value in environ.items():
        if value.startswith("/run/secrets/"):
            file = tmp_path / Path(value).name
            file.write_text(KEY)
            environ[name] = str(file)
    assert read(tmp_path, **environ).is_https
    assert os.environ.get("MADANG_BASE_URL") is None
