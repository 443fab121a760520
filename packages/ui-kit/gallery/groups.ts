export type SectionId =
  | 'overview'
  | 'colors'
  | 'typography'
  | 'layout'
  | 'buttons'
  | 'fields'
  | 'choices'
  | 'pickers'
  | 'forms'
  | 'data-table'
  | 'table-states'
  | 'charts'
  | 'details'
  | 'feedback'
  | 'overlays'
  | 'menus'
  | 'navigation';

export const groups: { title: string; ids: SectionId[] }[] = [
  { title: 'Start', ids: ['overview', 'colors', 'typography', 'layout'] },
  { title: 'Input', ids: ['buttons', 'fields', 'choices', 'pickers', 'forms'] },
  { title: 'Data', ids: ['data-table', 'table-states', 'charts', 'details'] },
  { title: 'Interaction', ids: ['feedback', 'overlays', 'menus', 'navigation'] },
];
