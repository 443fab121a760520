import {
  Button,
  DropdownMenu,
  IconButton,
  MenuItem,
  MenuSection,
  MenuSeparator,
  Stack,
  Submenu,
  toast,
} from '@alga/ui-kit';
import { ChevronDown, Copy, Ellipsis, Pencil, Share, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Example, Examples } from '../Example.tsx';

export function Menus() {
  const [shown, setShown] = useState<'all' | Iterable<string>>(['plan', 'ends']);
  return (
    <Examples>
      <Example title="DropdownMenu">
        <Stack direction="row" gap={3} wrap>
          <DropdownMenu
            trigger={<Button trailingIcon={<ChevronDown aria-hidden="true" />}>Actions</Button>}
            onAction={(id) => toast.info(`Chosen: ${id}`)}
          >
            <MenuItem id="edit" icon={<Pencil aria-hidden="true" />} shortcut="E">
              Edit
            </MenuItem>
            <MenuItem id="copy" icon={<Copy aria-hidden="true" />} description="As a draft of its own">
              Duplicate
            </MenuItem>
            <Submenu
              item={
                <MenuItem id="share" icon={<Share aria-hidden="true" />}>
                  Share
                </MenuItem>
              }
              onAction={(id) => toast.info(`Chosen: ${id}`)}
            >
              <MenuItem id="link">Copy link</MenuItem>
              <MenuItem id="mail">Send by mail</MenuItem>
            </Submenu>
            <MenuItem id="sign" isDisabled>
              Sign
            </MenuItem>
            <MenuSeparator />
            <MenuItem id="delete" icon={<Trash2 aria-hidden="true" />} tone="danger">
              Delete
            </MenuItem>
          </DropdownMenu>
          <DropdownMenu
            trigger={<Button trailingIcon={<ChevronDown aria-hidden="true" />}>Columns</Button>}
            selectionMode="multiple"
            selectedKeys={shown}
            onSelectionChange={(keys) => {
              setShown(keys === 'all' ? 'all' : [...keys].map(String));
            }}
          >
            <MenuSection title="Shown">
              <MenuItem id="plan">Plan</MenuItem>
              <MenuItem id="monthly">Monthly</MenuItem>
              <MenuItem id="ends">Ends</MenuItem>
            </MenuSection>
          </DropdownMenu>
          <DropdownMenu
            trigger={
              <IconButton label="More">
                <Ellipsis aria-hidden="true" />
              </IconButton>
            }
          >
            <MenuItem id="archive">Archive</MenuItem>
            <MenuItem id="docs" href="#docs">
              Read the docs
            </MenuItem>
          </DropdownMenu>
        </Stack>
      </Example>
    </Examples>
  );
}
