import { Checkbox, CheckboxGroup, Grid, Radio, RadioGroup, Stack, Switch } from '@alga/ui-kit';
import { Example, Examples } from '../Example.tsx';

export function Choices() {
  return (
    <Examples>
      <Example title="Checkbox">
        <Stack gap={3}>
          <Checkbox>Off</Checkbox>
          <Checkbox defaultSelected>On</Checkbox>
          <Checkbox isIndeterminate>Partly on</Checkbox>
          <Checkbox isDisabled defaultSelected>
            Disabled
          </Checkbox>
          <Checkbox description="At most one letter a week.">Send me news</Checkbox>
          <Checkbox isInvalid errorMessage="The terms must be accepted to go on.">
            I accept the terms
          </Checkbox>
        </Stack>
      </Example>
      <Grid>
        <Example title="CheckboxGroup">
          <CheckboxGroup label="Roles" description="At least one." defaultValue={['editor']}>
            <Checkbox value="viewer">Viewer</Checkbox>
            <Checkbox value="editor">Editor</Checkbox>
            <Checkbox value="admin" isDisabled>
              Admin
            </Checkbox>
          </CheckboxGroup>
        </Example>
        <Example title="RadioGroup">
          <RadioGroup label="Upgrades" defaultValue="patch">
            <Radio value="none" description="Stay on this version.">
              By hand
            </Radio>
            <Radio value="patch" description="1.4.2 to 1.4.3.">
              Patches
            </Radio>
            <Radio value="minor" description="1.4 to 1.5." isDisabled>
              Minor versions
            </Radio>
          </RadioGroup>
        </Example>
      </Grid>
      <Example title="RadioGroup in a row, invalid">
        <RadioGroup label="Billing" orientation="horizontal" isInvalid errorMessage="Choose one." isRequired>
          <Radio value="month">Monthly</Radio>
          <Radio value="year">Yearly</Radio>
        </RadioGroup>
      </Example>
      <Example title="Switch">
        <Stack gap={3}>
          <Switch>Off</Switch>
          <Switch defaultSelected>On</Switch>
          <Switch isDisabled>Disabled</Switch>
          <Switch defaultSelected description="Agreements are renewed 30 days before they end.">
            Renew by itself
          </Switch>
        </Stack>
      </Example>
    </Examples>
  );
}
