import { useExtension } from '@alga/extension-iframe-sdk/react';
import {
  Alert,
  Button,
  Card,
  DataTable,
  Form,
  FormActions,
  PageHeader,
  Stack,
  TextArea,
  type DataTableColumn,
} from '@alga/ui-kit';
import { useMemo, useState } from 'react';
import type { Note } from '../server/notes.ts';
import { useNotes } from './use-notes.ts';

const getRowId = (note: Note) => note.id;

export function NotesPage() {
  const { context, confirm, toast } = useExtension();
  const { notes, error, add, remove } = useNotes();
  const [text, setText] = useState('');
  const [isSaving, setSaving] = useState(false);

  // The host draws toasts and dialogs, so that they look the same for every extension.
  const attempt = async (work: () => Promise<void>, done: string) => {
    setSaving(true);
    try {
      await work();
      toast(done, 'success');
    } catch (failure) {
      toast(failure instanceof Error ? failure.message : String(failure), 'error');
    } finally {
      setSaving(false);
    }
  };

  const askAndRemove = async (ids: readonly string[], clearSelection: () => void) => {
    const question = {
      title: 'Remove notes?',
      message: `${ids.length} will be gone for good.`,
      confirmLabel: 'Remove',
    };
    if (!(await confirm({ ...question, danger: true }))) return;
    await attempt(async () => {
      for (const id of ids) await remove(id);
      clearSelection();
    }, 'Notes removed.');
  };

  const columns = useMemo(() => columnsFor(context.locale), [context.locale]);

  return (
    <main className="page">
      <Stack gap={5}>
        <PageHeader title="__title__" description="Notes that everybody of the tenant sees." />
        {error !== undefined && (
          <Alert tone="danger" title="The notes could not be loaded" isLive>
            {error}
          </Alert>
        )}
        <Card title="New note" headingLevel={2}>
          <Form
            onSubmit={(event) => {
              event.preventDefault();
              void attempt(async () => {
                await add(text);
                setText('');
              }, 'Note added.');
            }}
          >
            <TextArea label="Text" isRequired maxLength={500} value={text} onChange={setText} />
            <FormActions>
              <Button type="submit" variant="primary" isPending={isSaving}>
                Add
              </Button>
            </FormActions>
          </Form>
        </Card>
        <DataTable
          label="Notes"
          columns={columns}
          rows={notes ?? []}
          getRowId={getRowId}
          isLoading={notes === undefined && error === undefined}
          defaultSort={{ columnId: 'at', direction: 'descending' }}
          paging={{ kind: 'client', pageSize: 10 }}
          selectionMode="multiple"
          selectionActions={(ids, clear) => (
            <Button size="sm" onPress={() => void askAndRemove(ids, clear)}>
              Remove
            </Button>
          )}
        />
      </Stack>
    </main>
  );
}

function columnsFor(locale: string): DataTableColumn<Note>[] {
  return [
    { id: 'text', header: 'Note', value: (note) => note.text, isRowHeader: true },
    { id: 'by', header: 'Written by', value: (note) => note.by, isSortable: true },
    {
      id: 'at',
      header: 'Written',
      value: (note) => note.at,
      cell: (note) => new Date(note.at).toLocaleString(locale),
      isSortable: true,
    },
  ];
}
