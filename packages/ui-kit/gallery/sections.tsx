import type { ComponentType } from 'react';
import type { SectionId } from './groups.ts';
import { Buttons } from './sections/Buttons.tsx';
import { Charts } from './sections/Charts.tsx';
import { Choices } from './sections/Choices.tsx';
import { Colors } from './sections/Colors.tsx';
import { DataTables } from './sections/DataTables.tsx';
import { Details } from './sections/Details.tsx';
import { Feedback } from './sections/Feedback.tsx';
import { Fields } from './sections/Fields.tsx';
import { Forms } from './sections/Forms.tsx';
import { Layout } from './sections/Layout.tsx';
import { Menus } from './sections/Menus.tsx';
import { Navigation } from './sections/Navigation.tsx';
import { Overlays } from './sections/Overlays.tsx';
import { Overview } from './sections/Overview.tsx';
import { Pickers } from './sections/Pickers.tsx';
import { TableStates } from './sections/TableStates.tsx';
import { Typography } from './sections/Typography.tsx';

interface Section {
  title: string;
  description: string;
  Content: ComponentType;
}

export const sections: Record<SectionId, Section> = {
  overview: {
    title: 'Overview',
    description: 'What an extension’s page may look like when the parts come together.',
    Content: Overview,
  },
  colors: { title: 'Colors and space', description: 'The tokens behind both themes.', Content: Colors },
  typography: { title: 'Text', description: 'Text, Heading, Link, Code.', Content: Typography },
  layout: { title: 'Layout', description: 'Stack, Grid, Card, Separator.', Content: Layout },
  buttons: {
    title: 'Buttons',
    description: 'Button, IconButton, ButtonLink, SegmentedControl.',
    Content: Buttons,
  },
  fields: {
    title: 'Text fields',
    description: 'Input, TextArea, NumberInput, SearchInput, Label, Field.',
    Content: Fields,
  },
  choices: {
    title: 'Choices',
    description: 'Checkbox, CheckboxGroup, RadioGroup, Switch.',
    Content: Choices,
  },
  pickers: {
    title: 'Pickers',
    description: 'Select, with search where it is long, and DatePicker.',
    Content: Pickers,
  },
  forms: { title: 'Form', description: 'Fields together, with the errors a server sends.', Content: Forms },
  'data-table': {
    title: 'DataTable',
    description: 'Sorting, paging, selection, resizing, row actions.',
    Content: DataTables,
  },
  'table-states': {
    title: 'Table states',
    description: 'Empty, loading, compact, paged by cursor; and the plain Table.',
    Content: TableStates,
  },
  charts: { title: 'Charts', description: 'Lines and bars, each with its table.', Content: Charts },
  details: {
    title: 'Details',
    description: 'Badge, StatTile, KeyValueList, CodeBlock.',
    Content: Details,
  },
  feedback: {
    title: 'Feedback',
    description: 'Alert, Toast, Progress, Spinner, Skeleton, EmptyState.',
    Content: Feedback,
  },
  overlays: {
    title: 'Overlays',
    description: 'Dialog, ConfirmDialog, Drawer, Popover, Tooltip.',
    Content: Overlays,
  },
  menus: { title: 'Menus', description: 'DropdownMenu with sections, choices and submenus.', Content: Menus },
  navigation: { title: 'Navigation', description: 'Tabs, Breadcrumbs, Pagination.', Content: Navigation },
};
