import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Button, Field, Form, Input, NumberInput, SearchInput, TextArea } from '@alga/ui-kit';

describe('Input', () => {
  it('is named by its label and described by its help', () => {
    render(<Input label="Code" description="Capital letters" isRequired />);
    const box = screen.getByRole('textbox', { name: /Code/ });
    expect(box).toHaveAccessibleDescription('Capital letters');
    expect(box).toBeRequired();
  });

  it('hands over the text itself', async () => {
    const onChange = vi.fn();
    render(<Input label="Name" onChange={onChange} />);
    await userEvent.type(screen.getByRole('textbox'), 'ab');
    expect(onChange).toHaveBeenLastCalledWith('ab');
  });

  it('is invalid with its message, and only then', () => {
    const { rerender } = render(<Input label="Name" errorMessage="Too short" />);
    expect(screen.queryByText('Too short')).not.toBeInTheDocument();
    rerender(<Input label="Name" errorMessage="Too short" isInvalid />);
    expect(screen.getByRole('textbox')).toBeInvalid();
    expect(screen.getByRole('textbox')).toHaveAccessibleDescription('Too short');
  });
});

describe('TextArea', () => {
  it('takes several lines', async () => {
    const onChange = vi.fn();
    render(<TextArea label="Notes" onChange={onChange} />);
    await userEvent.type(screen.getByRole('textbox', { name: 'Notes' }), 'a{Enter}b');
    expect(onChange).toHaveBeenLastCalledWith('a\nb');
  });
});

describe('NumberInput', () => {
  it('steps with arrow keys and stays within its bounds', async () => {
    const onChange = vi.fn();
    render(<NumberInput label="Seats" defaultValue={1} minValue={1} maxValue={2} onChange={onChange} />);
    await userEvent.click(screen.getByRole('textbox', { name: 'Seats' }));
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}');
    expect(onChange).toHaveBeenLastCalledWith(2);
  });

  it('brings what was typed back into its bounds', async () => {
    const onChange = vi.fn();
    render(<NumberInput label="Seats" defaultValue={1} maxValue={500} onChange={onChange} />);
    const box = screen.getByRole('textbox', { name: 'Seats' });
    await userEvent.clear(box);
    await userEvent.type(box, '9000');
    await userEvent.tab();
    expect(onChange).toHaveBeenLastCalledWith(500);
  });
});

describe('SearchInput', () => {
  it('is cleared by Escape and submits on Enter', async () => {
    const onSubmit = vi.fn();
    render(<SearchInput onSubmit={onSubmit} />);
    const box = screen.getByRole('searchbox', { name: 'Search' });
    await userEvent.type(box, 'north{Enter}');
    expect(onSubmit).toHaveBeenCalledWith('north');
    await userEvent.keyboard('{Escape}');
    expect(box).toHaveValue('');
  });

  it('is cleared by its button, which is there only while there is text', async () => {
    render(<SearchInput defaultValue="north" />);
    await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(screen.getByRole('searchbox')).toHaveValue('');
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});

describe('Field', () => {
  it('ties label, help and error to a control of one’s own', () => {
    render(
      <Field label="Color" description="Of the logo" error="Too light" isRequired>
        {(control) => <input {...control} />}
      </Field>,
    );
    const box = screen.getByLabelText(/Color/);
    expect(box).toHaveAccessibleDescription('Of the logo Too light');
    expect(box).toBeInvalid();
    expect(box).toBeRequired();
  });

  it('says nothing about errors while there is none', () => {
    render(<Field label="Color">{(control) => <input {...control} />}</Field>);
    expect(screen.getByLabelText('Color')).not.toHaveAttribute('aria-invalid');
    expect(screen.getByLabelText('Color')).not.toHaveAttribute('aria-describedby');
  });
});

describe('Form', () => {
  it('shows a server’s error at its field until the field changes', async () => {
    render(
      <Form validationErrors={{ code: 'NW-204 is taken' }}>
        <Input name="code" label="Code" defaultValue="NW-204" />
        <Input name="title" label="Title" />
      </Form>,
    );
    const code = screen.getByRole('textbox', { name: 'Code' });
    expect(code).toHaveAccessibleDescription('NW-204 is taken');
    expect(screen.getByRole('textbox', { name: 'Title' })).toBeValid();
    await userEvent.type(code, '5');
    await userEvent.tab();
    expect(code).toBeValid();
  });

  it('does not submit while a required field is empty, and focuses it', async () => {
    const onSubmit = vi.fn();
    render(
      <Form onSubmit={onSubmit}>
        <Input name="code" label="Code" isRequired />
        <Button type="submit">Save</Button>
      </Form>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(onSubmit).not.toHaveBeenCalled();
    expect(screen.getByRole('textbox')).toHaveFocus();
    expect(screen.getByRole('textbox')).toHaveAccessibleDescription(/./);
  });
});
