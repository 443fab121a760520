import {
  Breadcrumb,
  Breadcrumbs,
  CursorPagination,
  Pagination,
  Stack,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  Text,
} from '@alga/ui-kit';
import { FileText, Settings, Users } from 'lucide-react';
import { useState } from 'react';
import { Example, Examples } from '../Example.tsx';

export function Navigation() {
  const [page, setPage] = useState(6);
  return (
    <Examples>
      <Example title="Tabs">
        <Tabs>
          <TabList aria-label="Agreement">
            <Tab id="terms" icon={<FileText aria-hidden="true" />}>
              Terms
            </Tab>
            <Tab id="people" icon={<Users aria-hidden="true" />} badge="4">
              People
            </Tab>
            <Tab id="settings" icon={<Settings aria-hidden="true" />}>
              Settings
            </Tab>
            <Tab id="billing" isDisabled>
              Billing
            </Tab>
          </TabList>
          <TabPanel id="terms">
            <Text>Two years from the ninth of March, renewed unless somebody ends it.</Text>
          </TabPanel>
          <TabPanel id="people">
            <Text>Dana, Noor, Jules and Sam.</Text>
          </TabPanel>
          <TabPanel id="settings">
            <Text>Nothing to set yet.</Text>
          </TabPanel>
        </Tabs>
      </Example>
      <Example title="Tabs at the side">
        <Tabs orientation="vertical">
          <TabList aria-label="Settings">
            <Tab id="general">General</Tab>
            <Tab id="access">Access</Tab>
            <Tab id="limits">Limits</Tab>
          </TabList>
          <TabPanel id="general">
            <Text>Name and region.</Text>
          </TabPanel>
          <TabPanel id="access">
            <Text>Who may do what.</Text>
          </TabPanel>
          <TabPanel id="limits">
            <Text>Requests a second, and in a month.</Text>
          </TabPanel>
        </Tabs>
      </Example>
      <Example title="Breadcrumbs">
        <Breadcrumbs aria-label="Where you are">
          <Breadcrumb href="#home">Extensions</Breadcrumb>
          <Breadcrumb href="#agreements">Agreements</Breadcrumb>
          <Breadcrumb>Versions</Breadcrumb>
        </Breadcrumbs>
      </Example>
      <Example title="Pagination">
        <Stack gap={4} align="start">
          <Pagination page={page} pageCount={24} onPageChange={setPage} />
          <CursorPagination
            hasPrevious={page > 1}
            hasNext={page < 24}
            onPrevious={() => {
              setPage(page - 1);
            }}
            onNext={() => {
              setPage(page + 1);
            }}
          />
        </Stack>
      </Example>
    </Examples>
  );
}
