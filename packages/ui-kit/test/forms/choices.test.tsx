import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Checkbox, CheckboxGroup, Radio, RadioGroup, Switch } from '@alga/ui-kit';

describe('Checkbox', () => {
  it('is switched by Space and by its label', async () => {
    const onChange = vi.fn();
    render(<Checkbox onChange={onChange}>Renew</Checkbox>);
    await userEvent.tab();
    await userEvent.keyboard(' ');
    expect(onChange).toHaveBeenLastCalledWith(true);
    await userEvent.click(screen.getByText('Renew'));
    expect(onChange).toHaveBeenLastCalledWith(false);
  });

  it('says when it is partly on', () => {
    render(<Checkbox isIndeterminate>All</Checkbox>);
    expect(screen.getByRole('checkbox', { name: 'All' })).toBePartiallyChecked();
  });

  it('is described by its help and its error', () => {
    render(
      <Checkbox description="You can leave any time" isInvalid errorMessage="Needed to go on">
        I agree
      </Checkbox>,
    );
    const box = screen.getByRole('checkbox', { name: 'I agree' });
    expect(box).toBeInvalid();
    expect(box).toHaveAccessibleDescription('You can leave any time Needed to go on');
  });
});

describe('CheckboxGroup', () => {
  it('hands over the values of all that are on', async () => {
    const onChange = vi.fn();
    render(
      <CheckboxGroup label="Roles" defaultValue={['viewer']} onChange={onChange}>
        <Checkbox value="viewer">Viewer</Checkbox>
        <Checkbox value="editor">Editor</Checkbox>
      </CheckboxGroup>,
    );
    expect(screen.getByRole('group', { name: 'Roles' })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Editor' }));
    expect(onChange).toHaveBeenLastCalledWith(['viewer', 'editor']);
  });
});

describe('RadioGroup', () => {
  it('is one tab stop in which arrow keys choose, passing over what is disabled', async () => {
    const onChange = vi.fn();
    render(
      <RadioGroup label="Upgrades" defaultValue="none" onChange={onChange}>
        <Radio value="none">By hand</Radio>
        <Radio value="patch" isDisabled>
          Patches
        </Radio>
        <Radio value="minor" description="1.4 to 1.5">
          Minor
        </Radio>
      </RadioGroup>,
    );
    await userEvent.tab();
    expect(screen.getByRole('radio', { name: 'By hand' })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    expect(onChange).toHaveBeenLastCalledWith('minor');
    expect(screen.getByRole('radio', { name: 'Minor' })).toHaveAccessibleDescription('1.4 to 1.5');
    await userEvent.tab();
    expect(document.body).toHaveFocus();
  });
});

describe('Switch', () => {
  it('is switched by Space, and is a switch for assistive technology', async () => {
    const onChange = vi.fn();
    render(<Switch onChange={onChange}>Renew by itself</Switch>);
    await userEvent.tab();
    await userEvent.keyboard(' ');
    expect(onChange).toHaveBeenCalledWith(true);
    expect(screen.getByRole('switch', { name: 'Renew by itself' })).toBeChecked();
  });

  it('stays as it is while disabled', async () => {
    const onChange = vi.fn();
    render(
      <Switch isDisabled onChange={onChange}>
        Renew
      </Switch>,
    );
    await userEvent.click(screen.getByText('Renew'));
    expect(onChange).not.toHaveBeenCalled();
  });
});
