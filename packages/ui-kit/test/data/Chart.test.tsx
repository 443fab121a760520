import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Chart, I18nProvider, type ChartProps } from '@alga/ui-kit';
import { labelStride, makeFrame } from '../../src/data/chart/makeFrame.ts';

function Requests(props: Partial<ChartProps>) {
  return (
    <I18nProvider locale="en-GB">
      <Chart
        kind="bar"
        title="Requests"
        description="By day"
        labelHeader="Day"
        labels={['Mon', 'Tue', 'Wed']}
        series={[
          { name: 'EU', values: [1200, null, 3] },
          { name: 'US', values: [-5, 6, 7] },
        ]}
        {...props}
      />
    </I18nProvider>
  );
}

describe('Chart', () => {
  it('is a picture with a name and a description', () => {
    render(<Requests />);
    const picture = screen.getByRole('img', { name: 'Requests' });
    expect(picture).toHaveAccessibleDescription('By day');
  });

  it('turns into a table with the same numbers, and back', async () => {
    render(<Requests />);
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    const table = screen.getByRole('table', { name: 'Requests' });
    const texts = within(table)
      .getAllByRole('row')
      .map((row) => [...row.children].map((cell) => cell.textContent));
    expect(texts).toEqual([
      ['Day', 'EU', 'US'],
      ['Mon', '1,200', '-5'],
      ['Tue', '–', '6'],
      ['Wed', '3', '7'],
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Show chart' }));
    expect(screen.getByRole('img')).toBeInTheDocument();
  });

  it('draws a bar for each value that is there', () => {
    const { container } = render(<Requests />);
    expect(container.querySelectorAll('.alga-Chart-drawing .alga-Chart-bar')).toHaveLength(5);
  });

  it('leaves a gap in a line where a value is missing', () => {
    const { container } = render(
      <Requests
        kind="line"
        series={[{ name: 'EU', values: [1, 2, null, 4, 5] }]}
        labels={['a', 'b', 'c', 'd', 'e']}
      />,
    );
    const drawn = container.querySelector('.alga-Chart-drawing .alga-Chart-line')?.getAttribute('d');
    expect(drawn?.match(/M/g)).toHaveLength(2);
  });

  it('names its series in a legend only when there are several', () => {
    const { rerender } = render(<Requests />);
    expect(screen.getByRole('list')).toHaveTextContent('EUUS');
    rerender(<Requests series={[{ name: 'EU', values: [1, 2, 3] }]} />);
    expect(screen.queryByRole('list')).not.toBeInTheDocument();
  });

  it('says so when there is no value at all', () => {
    render(<Requests series={[{ name: 'EU', values: [null, null, null] }]} />);
    expect(screen.getByText('Nothing here yet')).toBeInTheDocument();
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });
});

describe('makeFrame', () => {
  const size = { width: 640, height: 240, format: String };

  it('starts at zero, and below it only for negative values', () => {
    const above = makeFrame({ ...size, labels: ['a', 'b'], series: [{ name: 's', values: [50, 90] }] });
    expect(above.ticks[0]).toBe(0);
    const below = makeFrame({ ...size, labels: ['a', 'b'], series: [{ name: 's', values: [-30, 90] }] });
    expect(below.ticks[0]).toBeLessThanOrEqual(-30);
    expect(below.ticks).toContain(0);
  });

  it('keeps all values inside the drawing, also when all are zero', () => {
    for (const values of [
      [0, 0],
      [0.001, 0.002],
      [1e9, 5],
    ]) {
      const frame = makeFrame({ ...size, labels: ['a', 'b'], series: [{ name: 's', values }] });
      for (const value of values) {
        expect(frame.y(value)).toBeGreaterThanOrEqual(frame.top);
        expect(frame.y(value)).toBeLessThanOrEqual(frame.bottom);
      }
    }
  });

  it('gives equal labels places of their own', () => {
    const frame = makeFrame({ ...size, labels: ['Mon', 'Mon'], series: [{ name: 's', values: [1, 2] }] });
    expect(frame.x(1)).toBeGreaterThan(frame.x(0));
  });
});

describe('labelStride', () => {
  it('shows every label where there is room, and fewer where there is not', () => {
    expect(labelStride(['Jan', 'Feb'], 100)).toBe(1);
    expect(labelStride(['1 January'], 20)).toBe(4);
  });
});
