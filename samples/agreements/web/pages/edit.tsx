import { useExtension, usePath } from '@alga/extension-iframe-sdk/react';
import {
  Alert,
  Button,
  Card,
  DatePicker,
  Form,
  FormActions,
  Input,
  NumberInput,
  PageHeader,
  Select,
  Skeleton,
  Stack,
  TextArea,
} from '@alga/ui-kit';
import { useState, type SyntheticEvent } from 'react';
import { plans, statuses, type Agreement, type FieldErrors } from '../../server/agreement.ts';
import { ApiError, messageOf, useApi, useLoaded } from '../api.ts';
import { planLabels, statusLabels } from '../format.ts';
import { NotLoaded, Trail } from './detail.tsx';

const planOptions = plans.map((id) => ({ id, label: planLabels[id] }));
const statusOptions = statuses.map((id) => ({ id, label: statusLabels[id] }));

/** The form for a new agreement, or for the one with `id`. */
export function EditPage({ id }: { readonly id?: string }) {
  return id === undefined ? <AgreementForm /> : <ExistingAgreement id={id} />;
}

function ExistingAgreement({ id }: { readonly id: string }) {
  const { data, error } = useLoaded<Agreement>(`/agreements/${id}`);
  if (error !== undefined) return <NotLoaded error={error} />;
  return data === undefined ? <Skeleton shape="box" height="24rem" /> : <AgreementForm agreement={data} />;
}

function AgreementForm({ agreement }: { readonly agreement?: Agreement }) {
  const extension = useExtension();
  const call = useApi();
  const [, navigate] = usePath();
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<{ readonly message: string; readonly fields: FieldErrors }>();
  const back = agreement === undefined ? '/' : `/agreements/${agreement.id}`;

  const save = async (form: HTMLFormElement) => {
    const { monthly, ...fields } = Object.fromEntries(new FormData(form));
    const body = { ...fields, monthly: Number(monthly), revision: agreement?.revision };
    setSaving(true);
    try {
      const saved = await (agreement === undefined
        ? call<Agreement>('POST', '/agreements', body)
        : call<Agreement>('PUT', `/agreements/${agreement.id}`, body));
      extension.toast('Agreement saved.', 'success');
      navigate(`/agreements/${saved.id}`);
    } catch (error) {
      setFailure({ message: messageOf(error), fields: error instanceof ApiError ? error.fields : {} });
      setSaving(false);
    }
  };

  const title = agreement?.customer ?? 'New agreement';
  return (
    <Stack gap={5}>
      <PageHeader title={title} breadcrumbs={<Trail here={title} />} />
      {failure !== undefined && (
        <Alert tone="danger" title="Not saved" isLive>
          {failure.message}
        </Alert>
      )}
      <Card>
        <Form
          columns={2}
          validationErrors={failure?.fields ?? {}}
          onSubmit={(event: SyntheticEvent<HTMLFormElement>) => {
            event.preventDefault();
            void save(event.currentTarget);
          }}
        >
          <Input
            name="customer"
            label="Customer"
            isRequired
            maxLength={120}
            defaultValue={agreement?.customer ?? ''}
          />
          <Select
            name="plan"
            label="Plan"
            options={planOptions}
            defaultValue={agreement?.plan ?? 'managed'}
          />
          <Select
            name="status"
            label="Status"
            options={statusOptions}
            defaultValue={agreement?.status ?? 'draft'}
          />
          <NumberInput
            name="monthly"
            label="Monthly amount"
            isRequired
            minValue={0}
            maxValue={1_000_000}
            defaultValue={agreement?.monthly ?? 0}
          />
          <DatePicker name="starts" label="Starts" isRequired {...day(agreement?.starts)} />
          <DatePicker name="ends" label="Ends" isRequired {...day(agreement?.ends)} />
          <div className="wide">
            <TextArea name="notes" label="Notes" maxLength={2000} defaultValue={agreement?.notes ?? ''} />
          </div>
          <FormActions>
            <Button type="submit" variant="primary" isPending={isSaving}>
              Save
            </Button>
            <Button
              onPress={() => {
                navigate(back);
              }}
            >
              Cancel
            </Button>
          </FormActions>
        </Form>
      </Card>
    </Stack>
  );
}

function day(value: string | undefined) {
  return value === undefined ? {} : { defaultValue: value };
}
