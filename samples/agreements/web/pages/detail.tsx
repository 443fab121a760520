import { useExtension, usePath } from '@alga/extension-iframe-sdk/react';
import {
  Alert,
  Badge,
  Breadcrumb,
  Breadcrumbs,
  Button,
  Card,
  KeyValueList,
  PageHeader,
  Skeleton,
  Stack,
} from '@alga/ui-kit';
import { useState } from 'react';
import type { Agreement } from '../../server/agreement.ts';
import { messageOf, useApi, useLoaded } from '../api.ts';
import { formatDay, planLabels, statusLabels, statusTones } from '../format.ts';

/** One agreement. */
export function DetailPage({ id }: { readonly id: string }) {
  const extension = useExtension();
  const call = useApi();
  const [, navigate] = usePath();
  const [isDeleting, setDeleting] = useState(false);
  const { data, error } = useLoaded<Agreement>(`/agreements/${id}`);
  const { locale } = extension.context;

  const remove = async (customer: string) => {
    const confirmed = await extension.confirm({
      title: 'Delete the agreement?',
      message: `The agreement with ${customer} is gone for good.`,
      confirmLabel: 'Delete',
      danger: true,
    });
    if (!confirmed) return;
    setDeleting(true);
    try {
      await call('DELETE', `/agreements/${id}`);
      extension.toast('Agreement deleted.', 'success');
      navigate('/');
    } catch (failure) {
      extension.toast(messageOf(failure), 'error');
      setDeleting(false);
    }
  };

  if (error !== undefined) return <NotLoaded error={error} />;
  if (data === undefined) return <Skeleton shape="box" height="16rem" />;
  return (
    <Stack gap={5}>
      <PageHeader
        title={data.customer}
        badge={
          <Badge tone={statusTones[data.status]} hasDot>
            {statusLabels[data.status]}
          </Badge>
        }
        breadcrumbs={<Trail here={data.customer} />}
        actions={
          <>
            <Button
              variant="danger"
              isPending={isDeleting}
              onPress={() => {
                void remove(data.customer);
              }}
            >
              Delete
            </Button>
            <Button
              variant="primary"
              onPress={() => {
                navigate(`/agreements/${id}/edit`);
              }}
            >
              Edit
            </Button>
          </>
        }
      />
      <Card title="Terms" headingLevel={2}>
        <KeyValueList
          items={[
            { label: 'Plan', value: planLabels[data.plan] },
            { label: 'Monthly', value: new Intl.NumberFormat(locale).format(data.monthly) },
            { label: 'Starts', value: formatDay(data.starts, locale) },
            { label: 'Ends', value: formatDay(data.ends, locale) },
            {
              label: 'Entered',
              value: data.sourceId === undefined ? 'here' : `in the customer system, ${data.sourceId}`,
            },
          ]}
        />
      </Card>
      {data.notes !== '' && (
        <Card title="Notes" headingLevel={2}>
          <div className="notes">{data.notes}</div>
        </Card>
      )}
    </Stack>
  );
}

/** The way back to the list. */
export function Trail({ here }: { readonly here: string }) {
  return (
    <Breadcrumbs aria-label="Where you are">
      <Breadcrumb href="/">Agreements</Breadcrumb>
      <Breadcrumb>{here}</Breadcrumb>
    </Breadcrumbs>
  );
}

/** What the reader sees in place of an agreement. */
export function NotLoaded({ error }: { readonly error: unknown }) {
  return (
    <Stack gap={5}>
      <Trail here="Not loaded" />
      <Alert tone="danger" title="The agreement could not be loaded" isLive>
        {messageOf(error)}
      </Alert>
    </Stack>
  );
}
