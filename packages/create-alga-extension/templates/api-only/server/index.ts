import { createApp } from '@alga/extension-sdk';
import { addNote, listNotes, removeNote } from './notes.ts';

// Each route stands in manifest.json too, under api.endpoints: what is not declared there is not reached.
export default createApp().get('/notes', listNotes).post('/notes', addNote).delete('/notes/:id', removeNote);
