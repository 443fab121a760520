import { Badge, Heading, Stack, Text } from '@alga/ui-kit';
import lt from 'semver/functions/lt.js';
import { usePublisherText } from '../api/catalogue.ts';
import { Loaded } from '../common/Loaded.tsx';
import { MAX_LAID_OUT } from '../common/layOut.ts';
import { PublisherMarkdown } from '../common/PublisherMarkdown.tsx';
import { texts } from '../texts.ts';
import {
  compareChangelogs,
  type ChangelogNews as News,
  type NewSection,
  type Told,
} from './compareChangelogs.ts';

const words = texts.changes.changelog;
const SECTION_LEVEL = 4;

/** Props of {@link ChangelogNews}. */
export interface ChangelogNewsProps {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** Most that is laid out of all sections together, in characters: what comes after it is shown as it is written. */
const MAX_LAID_OUT_TOGETHER = 2 * MAX_LAID_OUT;

/** What the changelog of the higher of two versions says beyond that of the lower, below a heading of level 3. */
export function ChangelogNews({ name, from, to }: ChangelogNewsProps) {
  const isBack = lt(to, from);
  const [lower, higher] = isBack ? [to, from] : [from, to];
  const before = usePublisherText(name, lower, 'changelog');
  const after = usePublisherText(name, higher, 'changelog');
  return (
    <Stack gap={2}>
      <Heading level={3} size="md">
        {isBack ? words.titleBack : words.title}
      </Heading>
      <Loaded<string | null> query={before}>
        {(old) => (
          <Loaded<string | null> query={after}>
            {(current) => (
              <Compared
                from={{ version: lower, changelog: old }}
                to={{ version: higher, changelog: current }}
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </Stack>
  );
}

function Compared({ from, to }: { readonly from: Told; readonly to: Told }) {
  const news = compareChangelogs(from, to);
  if (news.kind === 'none') return <Text tone="muted">{words.none(to.version)}</Text>;
  const isEmpty = news.kind === 'lines' ? news.added === '' : news.sections.length === 0;
  if (isEmpty) return <Text tone="muted">{words.nothingNew(from.version, to.version)}</Text>;
  return (
    <>
      <Text size="sm" tone="muted">
        {texts.publisherText.note}
      </Text>
      {news.kind === 'lines' ? (
        <>
          <Text size="sm" tone="muted">
            {from.changelog === null ? words.whole(from.version) : words.lines(from.version)}
          </Text>
          <PublisherMarkdown text={news.added} deeper={SECTION_LEVEL - 1} />
        </>
      ) : (
        <Sections news={news} />
      )}
    </>
  );
}

function Sections({ news }: { readonly news: Extract<News, { kind: 'sections' }> }) {
  const laidOut = withinRoom(news.sections);
  return (
    <Stack gap={3}>
      {news.sections.map(({ title, level, body, links, isReworded }, index) => (
        <section key={index} className="Changelog-section">
          <Stack direction="row" gap={2} align="center" wrap>
            <Heading level={SECTION_LEVEL} size="md">
              {title}
            </Heading>
            {isReworded && <Badge tone="warning">{words.reworded}</Badge>}
          </Stack>
          {body === '' ? (
            <Text tone="muted">{words.emptySection}</Text>
          ) : (
            <PublisherMarkdown
              text={`${body}\n\n${links}`}
              deeper={SECTION_LEVEL - level}
              isLaidOut={laidOut[index] === true}
            />
          )}
        </section>
      ))}
    </Stack>
  );
}

/** Of each section whether it is laid out: as many as there is room for, from the first. */
function withinRoom(sections: readonly NewSection[]): readonly boolean[] {
  let room = MAX_LAID_OUT_TOGETHER;
  return sections.map(({ body, links }) => (room -= body.length + links.length) >= 0);
}
