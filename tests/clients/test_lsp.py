"""The same scenario through pytest-lsp, as three editors announce themselves, and a rule file while it is written."""

import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

FOLDER = pathlib.Path.cwd()


@pytest_lsp.fixture(
    params=["neovim", "visual_studio_code", "emacs"],
    config=ClientServerConfig(server_command=[os.environ["DIGNITY"], "lsp"]),
)
async def client(request, lsp_client: LanguageClient):
    # What editors answer, and this test client does not by itself.
    lsp_client.feature("client/registerCapability")(lambda *_: None)
    can = client_capabilities(request.param)
    asked = lsp.InitializeParams(capabilities=can, root_uri=FOLDER.as_uri())
    lsp_client.can = await lsp_client.initialize_session(asked)
    yield
    await lsp_client.shutdown_session()


def opened(client, path, text):
    uri = (FOLDER / path).as_uri()
    item = lsp.TextDocumentItem(uri=uri, language_id="markdown", version=1, text=text)
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=item))
    return uri


async def findings(client, uri):
    if client.can.capabilities.diagnostic_provider:
        asked = lsp.DocumentDiagnosticParams(text_document=lsp.TextDocumentIdentifier(uri=uri))
        return (await client.text_document_diagnostic_async(asked)).items
    await client.wait_for_notification("textDocument/publishDiagnostics")
    return client.diagnostics[uri]


@pytest.mark.asyncio
async def test_a_note(client):
    text = "# Note\n\nWrenfield \U0001f600 is non-compliant with her tablets.\n"
    uri = opened(client, "notes/note.md", text)
    found = await findings(client, uri)
    assert [one.code for one in found] == ["language/non-compliant-person"]
    encoding = client.can.capabilities.position_encoding
    before = text.splitlines()[2].split("non-")[0]
    width = {"utf-8": len(before.encode()), "utf-16": len(before.encode("utf-16-le")) // 2, "utf-32": len(before)}
    assert found[0].range.start == lsp.Position(line=2, character=width[encoding])
    at = lsp.TextDocumentIdentifier(uri=uri)
    page = await client.text_document_hover_async(lsp.HoverParams(text_document=at, position=found[0].range.start))
    assert "**Why**" in page.contents.value and "CRPD" in page.contents.value
    asked = lsp.CodeActionParams(text_document=at, range=found[0].range, context=lsp.CodeActionContext(diagnostics=found))
    actions = await client.text_document_code_action_async(asked)
    assert actions and all(action.edit and not action.is_preferred for action in actions)


@pytest.mark.asyncio
async def test_own_words_get_no_suggestion(client):
    uri = opened(client, "notes/own.md", 'He said: "I am a schizo and a nutter, that is what they call me."\n')
    assert not await findings(client, uri)
    whole = lsp.Range(start=lsp.Position(line=0, character=0), end=lsp.Position(line=9, character=0))
    at = lsp.TextDocumentIdentifier(uri=uri)
    asked = lsp.CodeActionParams(text_document=at, range=whole, context=lsp.CodeActionContext(diagnostics=[]))
    assert not await client.text_document_code_action_async(asked)


@pytest.mark.asyncio
async def test_a_rule_while_it_is_written(client):
    good = (FOLDER / "rules/house/frequent-flyer.yaml").read_text()
    bad = good.replace("severity: warning", "severity: wrning")
    uri = opened(client, "rules/house/frequent-flyer.yaml", bad)
    found = await findings(client, uri)
    assert len(found) == 1 and "wrning" in bad.splitlines()[found[0].range.start.line]
    whole = lsp.TextDocumentContentChangeWholeDocument(text=good)
    version = lsp.VersionedTextDocumentIdentifier(uri=uri, version=2)
    client.text_document_did_change(lsp.DidChangeTextDocumentParams(text_document=version, content_changes=[whole]))
    assert not await findings(client, uri)
    line = next(number for number, line in enumerate(good.splitlines()) if line.startswith("severity"))
    asked = lsp.CompletionParams(
        text_document=lsp.TextDocumentIdentifier(uri=uri), position=lsp.Position(line=line, character=10)
    )
    offered = await client.text_document_completion_async(asked)
    assert {item.label for item in offered} == {"error", "warning", "advice"}
