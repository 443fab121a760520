import { Card, Chart, Grid } from '@alga/ui-kit';
import { Example, Examples } from '../Example.tsx';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const days = Array.from({ length: 30 }, (_, index) => `${index + 1} June`);

export function Charts() {
  return (
    <Examples>
      <Example title="Lines">
        <Chart
          kind="line"
          title="Requests by plan"
          description="Thousands a month. Managed has grown threefold since January."
          labelHeader="Month"
          labels={months}
          series={[
            { name: 'Managed', values: [21, 24, 30, 33, 38, 41, 45, 47, 52, 58, 61, 66] },
            { name: 'Backup', values: [18, 19, 18, 22, 24, 23, 26, 27, 26, 29, 31, 30] },
            { name: 'Security', values: [4, 6, 9, 9, 12, 16, null, null, 22, 24, 27, 31] },
          ]}
        />
      </Example>
      <Grid minColumnWidth="20rem">
        <Example title="Bars">
          <Chart
            kind="bar"
            title="Net change"
            description="Agreements won less agreements lost."
            labelHeader="Month"
            labels={months.slice(0, 6)}
            series={[{ name: 'Net', values: [8, 3, -4, 6, 11, -2] }]}
          />
        </Example>
        <Example title="Groups of bars">
          <Chart
            kind="bar"
            title="Revenue by region"
            labelHeader="Quarter"
            labels={['Q1', 'Q2', 'Q3', 'Q4']}
            formatValue={(value) => `€ ${value} k`}
            series={[
              { name: 'EU', values: [120, 134, 151, 172] },
              { name: 'US', values: [98, 110, 104, 131] },
              { name: 'Asia', values: [34, 48, 62, 71] },
            ]}
          />
        </Example>
      </Grid>
      <Example title="Many labels">
        <Chart
          kind="line"
          title="Failed syncs"
          labelHeader="Day"
          labels={days}
          height={180}
          series={[{ name: 'Failed', values: days.map((_, index) => (index * 7) % 11) }]}
        />
      </Example>
      <Grid>
        <Card>
          <Chart
            kind="bar"
            title="Loading"
            labelHeader="Day"
            labels={[]}
            series={[]}
            height={160}
            isLoading
          />
        </Card>
        <Card>
          <Chart kind="bar" title="Without values" labelHeader="Day" labels={[]} series={[]} height={160} />
        </Card>
      </Grid>
    </Examples>
  );
}
