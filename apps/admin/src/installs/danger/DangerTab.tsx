import { Button, Card, ConfirmDialog, DialogTrigger, Stack, Text } from '@alga/ui-kit';
import { useChangeInstall } from '../../api/installs.ts';
import { orExplain, useAct } from '../../common/useAct.ts';
import { goTo } from '../../routing/useRoute.ts';
import { texts } from '../../texts.ts';
import type { TabProps } from '../InstallationPage.tsx';

const words = texts.danger;

/** What takes the extension away from its users. */
export function DangerTab({ install, version }: TabProps) {
  const { name } = install;
  const title = version.manifest.displayName;
  const change = useChangeInstall(name);
  const act = useAct();

  const uninstall = async () => {
    await orExplain(() => change.mutateAsync({ route: '', method: 'DELETE' }), words.uninstalled(title));
    goTo({ page: 'installed' });
  };

  return (
    <Stack gap={4} className="Narrow">
      {install.status === 'enabled' ? (
        <Card
          title={words.disableTitle}
          headingLevel={2}
          actions={
            <DialogTrigger>
              <Button>{words.disable}</Button>
              <ConfirmDialog
                title={words.disableConfirm(title)}
                confirmLabel={words.disable}
                onConfirm={() =>
                  orExplain(() => change.mutateAsync({ route: '/disable' }), words.disabled(title))
                }
              >
                {words.disableText}
              </ConfirmDialog>
            </DialogTrigger>
          }
        >
          <Text tone="muted">{words.disableText}</Text>
        </Card>
      ) : (
        <Card
          title={words.enableTitle}
          headingLevel={2}
          actions={
            <Button
              isPending={change.isPending}
              onPress={() =>
                void act(
                  () => change.mutateAsync({ route: '/enable', optimistic: { status: 'enabled' } }),
                  words.enabled(title),
                )
              }
            >
              {words.enable}
            </Button>
          }
        >
          <Text tone="muted">{words.enableText}</Text>
        </Card>
      )}
      <Card
        title={words.uninstallTitle}
        headingLevel={2}
        className="Danger"
        actions={
          <DialogTrigger>
            <Button variant="danger">{words.uninstall}</Button>
            <ConfirmDialog
              title={words.uninstallConfirm(title)}
              confirmLabel={words.uninstall}
              tone="danger"
              typeToConfirm={{ text: name, label: words.typeName(name) }}
              onConfirm={uninstall}
            >
              {words.uninstallText}
            </ConfirmDialog>
          </DialogTrigger>
        }
      >
        <Text tone="muted">{words.uninstallText}</Text>
      </Card>
    </Stack>
  );
}
