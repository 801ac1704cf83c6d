-- Neovim as a person would use it: open a note, see findings, read why, choose another wording, see it gone.
-- An error must end the editor, not leave it waiting.
local function scenario()
local folder = vim.fn.getcwd()
local function check(what, ok)
  if not ok then
    print('FAILED: ' .. what .. '\n')
    vim.cmd('cquit 1')
  end
  print('ok: ' .. what .. '\n')
end
vim.cmd('edit ' .. folder .. '/notes/note.md')
local id = vim.lsp.start_client({ cmd = { vim.env.DIGNITY, 'lsp' }, root_dir = folder, name = 'dignity' })
vim.lsp.buf_attach_client(0, id)
local function diagnostics(count)
  vim.wait(5000, function() return #vim.diagnostic.get(0) == count end, 20)
  return vim.diagnostic.get(0)
end
local found = diagnostics(1)
check('one finding on a line that holds an emoji', #found == 1 and found[1].code == 'language/non-compliant-person')
check('at the words, not beside them', vim.api.nvim_buf_get_text(0, found[1].lnum, found[1].col, found[1].end_lnum, found[1].end_col, {})[1] == 'non-compliant')
local at = { textDocument = vim.lsp.util.make_text_document_params(), position = { line = 2, character = 18 } }
local hover = vim.lsp.buf_request_sync(0, 'textDocument/hover', at, 5000)[id].result
check('hover says why and whose right', hover.contents.value:find('%*%*Why%*%*') and hover.contents.value:find('CRPD'))
at.range = { start = { line = 2, character = 0 }, ['end'] = { line = 2, character = 80 } }
at.context = { diagnostics = {} }
local actions = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', at, 5000)[id].result
check('other wordings are offered', #actions > 0 and actions[1].edit ~= nil and actions[1].isPreferred == nil)
vim.lsp.util.apply_workspace_edit(actions[1].edit, 'utf-16')
check('the chosen wording stands, and the finding is gone', #diagnostics(0) == 0)
check('the rest of the line is as it was', vim.api.nvim_buf_get_lines(0, 2, 3, false)[1]:find('😀') ~= nil)
local log = io.open(vim.lsp.get_log_path(), 'r')
check('nothing of the note is in the log', log == nil or log:read('*a'):find('Wrenfield') == nil)
vim.lsp.stop_client(id)
vim.cmd('qall!')
end
local fine, what = pcall(scenario)
if not fine then
  print('FAILED: ' .. tostring(what) .. '\n')
  vim.cmd('cquit 1')
end
