export { UIProvider, type UIProviderProps } from './theme/UIProvider.tsx';
export { setTheme, useTheme, type ResolvedTheme, type Theme, type ThemePreference } from './theme/theme.ts';
export { useMediaQuery } from './theme/useMediaQuery.ts';
export { defaultMessages, useMessages, type Messages } from './theme/messages.ts';

export { Button, type ButtonProps, type ButtonVariant, type ControlSize } from './actions/Button.tsx';
export { ButtonLink, type ButtonLinkProps } from './actions/ButtonLink.tsx';
export { IconButton, type IconButtonProps } from './actions/IconButton.tsx';
export { Link, type LinkProps } from './actions/Link.tsx';
export { SegmentedControl, type Segment, type SegmentedControlProps } from './actions/SegmentedControl.tsx';

export { Checkbox, type CheckboxProps } from './forms/Checkbox.tsx';
export { CheckboxGroup, type CheckboxGroupProps } from './forms/CheckboxGroup.tsx';
export { DatePicker, type DatePickerProps } from './forms/DatePicker.tsx';
export { Field, type FieldControlProps, type FieldProps } from './forms/Field.tsx';
export type { FieldTexts } from './forms/FieldParts.tsx';
export { Form, FormActions, type FormActionsProps, type FormProps } from './forms/Form.tsx';
export { Input, type InputProps } from './forms/Input.tsx';
export { Label, type LabelProps } from './forms/Label.tsx';
export { NumberInput, type NumberInputProps } from './forms/NumberInput.tsx';
export { Radio, RadioGroup, type RadioGroupProps, type RadioProps } from './forms/RadioGroup.tsx';
export { SearchInput, type SearchInputProps } from './forms/SearchInput.tsx';
export { Select, type SelectOption, type SelectProps } from './forms/Select.tsx';
export { Switch, type SwitchProps } from './forms/Switch.tsx';
export { TextArea, type TextAreaProps } from './forms/TextArea.tsx';

export { AppShell, type AppShellProps } from './layout/AppShell.tsx';
export { Card, type CardProps } from './layout/Card.tsx';
export { Grid, type GridProps } from './layout/Grid.tsx';
export { Heading, type HeadingProps } from './layout/Heading.tsx';
export { PageHeader, type PageHeaderProps } from './layout/PageHeader.tsx';
export { Separator, type SeparatorProps } from './layout/Separator.tsx';
export {
  Sidebar,
  SidebarItem,
  SidebarSection,
  type SidebarItemProps,
  type SidebarProps,
  type SidebarSectionProps,
} from './layout/Sidebar.tsx';
export { Stack, type Space, type StackProps } from './layout/Stack.tsx';
export { Text, type TextProps } from './layout/Text.tsx';

export {
  Breadcrumb,
  Breadcrumbs,
  type BreadcrumbProps,
  type BreadcrumbsProps,
} from './navigation/Breadcrumbs.tsx';
export {
  CursorPagination,
  Pagination,
  type CursorPaginationProps,
  type PaginationProps,
} from './navigation/Pagination.tsx';
export {
  Tab,
  TabList,
  TabPanel,
  Tabs,
  type TabListProps,
  type TabPanelProps,
  type TabProps,
  type TabsProps,
} from './navigation/Tabs.tsx';

export { ConfirmDialog, type ConfirmDialogProps } from './overlays/ConfirmDialog.tsx';
export { Dialog, DialogTrigger, type DialogProps } from './overlays/Dialog.tsx';
export { Drawer, type DrawerProps } from './overlays/Drawer.tsx';
export {
  DropdownMenu,
  MenuItem,
  MenuSection,
  MenuSeparator,
  Submenu,
  type DropdownMenuProps,
  type MenuItemProps,
  type MenuSectionProps,
  type SubmenuProps,
} from './overlays/DropdownMenu.tsx';
export type { Closing } from './overlays/ModalFrame.tsx';
export type { ModalProps } from './overlays/modalProps.ts';
export { Popover, type PopoverProps } from './overlays/Popover.tsx';
export { Tooltip, type TooltipProps } from './overlays/Tooltip.tsx';

export { Alert, type AlertProps, type Tone } from './feedback/Alert.tsx';
export { EmptyState, type EmptyStateProps } from './feedback/EmptyState.tsx';
export { Progress, type ProgressProps } from './feedback/Progress.tsx';
export { Skeleton, type SkeletonProps } from './feedback/Skeleton.tsx';
export { Spinner, type SpinnerProps } from './feedback/Spinner.tsx';
export { toast, type ToastOptions } from './feedback/toastQueue.ts';

export { Badge, type BadgeProps } from './data/Badge.tsx';
export { Chart, type ChartProps } from './data/chart/Chart.tsx';
export type { ChartSeries } from './data/chart/chartTypes.ts';
export { Code, CodeBlock, type CodeBlockProps } from './data/CodeBlock.tsx';
export { DataTable, type DataTableProps } from './data/DataTable.tsx';
export type { CellValue, DataTableColumn, DataTablePaging, SortState } from './data/dataTableTypes.ts';
export { KeyValueList, type KeyValueItem, type KeyValueListProps } from './data/KeyValueList.tsx';
export { StatTile, type StatTileProps } from './data/StatTile.tsx';
export { Table, type TableProps } from './data/Table.tsx';
export { useCopy, type CopyState, type Copying } from './data/useCopy.ts';

export { I18nProvider, VisuallyHidden, useLocale } from 'react-aria-components';
