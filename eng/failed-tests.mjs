// Names each failed test of a report, with the first lines of its message: a log that was cut still ends with them.

const messageLines = 12;

function told(name, message) {
  // Colours of a terminal say nothing in a log.
  // eslint-disable-next-line no-control-regex
  const plain = (message ?? 'no message').replaceAll(/\u001B\[[0-9;]*m/g, '').trim();
  const lines = plain.split('\n').slice(0, messageLines);
  return `FAILED ${name}\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

function unescape(xml) {
  return xml
    .replaceAll(/&#x([0-9A-Fa-f]+);/g, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

/** Of a C# project's results in TRX, as text. */
export function failedInTrx(text) {
  return [...text.matchAll(/<UnitTestResult\b[^>]*>/g)]
    .filter(([tag]) => tag.includes('outcome="Failed"'))
    .map((match) => {
      const body = text.slice(match.index, text.indexOf('</UnitTestResult>', match.index));
      const name = /testName="([^"]*)"/.exec(match[0])?.[1] ?? 'a test';
      const message = /<Message>([\s\S]*?)<\/Message>/.exec(body)?.[1];
      return told(unescape(name), message && unescape(message));
    });
}

/** Of Vitest's JSON report. */
export function failedInVitest(report) {
  return report.testResults.flatMap(({ assertionResults, message, name }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0 && message) return [told(name, message)];
    return failed.map(({ fullName, failureMessages }) => told(fullName, failureMessages.join('\n')));
  });
}

/** Of Playwright's JSON report; a test that passed only when it was tried again failed too. */
export function failedInPlaywright(report) {
  const inSuite = (suite) => [
    ...(suite.suites ?? []).flatMap(inSuite),
    ...(suite.specs ?? []).flatMap(({ tests, title }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ results }) =>
          told(
            `${suite.file}: ${title}`,
            results.flatMap(({ errors }) => errors.map(({ message }) => message)).join('\n'),
          ),
        ),
    ),
  ];
  return [
    ...(report.errors ?? []).map(({ message }) => told('before any test', message)),
    ...report.suites.flatMap(inSuite),
  ];
}
