import { Grid, Stack, Text } from '@alga/ui-kit';
import { Example, Examples } from '../Example.tsx';

const palettes = {
  Surfaces: ['bg', 'surface', 'surface-sunken', 'surface-raised', 'hover', 'active'],
  Lines: ['border', 'border-strong', 'border-control', 'focus'],
  Text: ['text', 'text-muted', 'text-subtle', 'accent-text'],
  Accent: ['accent', 'accent-hover', 'accent-active', 'accent-subtle', 'accent-border'],
  Tones: ['success', 'warning', 'danger', 'info'],
  'Subtle tones': ['success-subtle', 'warning-subtle', 'danger-subtle', 'info-subtle'],
  Charts: ['chart-1', 'chart-2', 'chart-3', 'chart-4', 'chart-5', 'chart-6'],
};
const spaces = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16];

export function Colors() {
  return (
    <Examples>
      {Object.entries(palettes).map(([title, names]) => (
        <Example key={title} title={title}>
          <div className="gallery-swatches">
            {names.map((name) => (
              <div key={name}>
                <div className="gallery-swatch" style={{ background: `var(--alga-color-${name})` }} />
                {name}
              </div>
            ))}
          </div>
        </Example>
      ))}
      <Grid>
        <Example title="Space">
          <Stack gap={2}>
            {spaces.map((space) => (
              <Stack key={space} direction="row" gap={3}>
                <Text as="span" size="xs" tone="muted" isTabular>
                  {String(space)}
                </Text>
                <div className="gallery-space" style={{ width: `var(--alga-space-${space})` }} />
              </Stack>
            ))}
          </Stack>
        </Example>
        <Example title="Radius and shadow">
          <Stack direction="row" wrap gap={4}>
            {['sm', 'md', 'lg'].map((size) => (
              <div
                key={size}
                className="gallery-box"
                style={{
                  borderRadius: `var(--alga-radius-${size})`,
                  boxShadow: `var(--alga-shadow-${size})`,
                }}
              >
                {size}
              </div>
            ))}
          </Stack>
        </Example>
      </Grid>
    </Examples>
  );
}
