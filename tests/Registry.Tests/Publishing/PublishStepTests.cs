using System.Collections.Concurrent;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Publishing;

/// <summary>The list of steps is the list of what a publish does, so that who kills it at each of them has killed it everywhere.</summary>
public sealed class PublishStepTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    private const string Write = "write ";

    [Fact]
    public async Task A_publish_reaches_each_step_once_in_order_and_writes_one_blob_between_two_of_them()
    {
        var bundle = await TestBundle.PackAsync(app.NewName(), "1.0.0");
        await app.RegisterAsync(bundle.Name, app.Developer);
        var seen = new ConcurrentQueue<string>();
        Assert.NotNull(app.Store);
        app.Observed.Writing.Add(name =>
        {
            if (name.Contains(bundle.Contents.Hash.Hex, StringComparison.Ordinal)) seen.Enqueue(Write + name);
        });
        using (new StepListener(PublishSteps.ListenerName, (step, target) =>
        {
            if (target == bundle.Target) seen.Enqueue(step);
        }))
        {
            (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(201);
        }

        Assert.Equal(Enum.GetNames<PublishStep>(), seen.Where(entry => !IsWrite(entry)));
        // A write that is new here needs a step of its own behind it: add one to PublishStep.
        Assert.DoesNotContain(seen.Zip(seen.Skip(1)), pair => IsWrite(pair.First) && IsWrite(pair.Second));
        // Before the claim the collector could take a blob away.
        Assert.True(seen.ToList().FindIndex(IsWrite) > seen.ToList().IndexOf(nameof(PublishStep.Claimed)));
        Assert.True(seen.ToList().FindLastIndex(IsWrite) < seen.ToList().IndexOf(nameof(PublishStep.RowsWritten)));
    }

    [Fact]
    public async Task Of_publishers_of_the_same_bytes_at_once_all_succeed_and_one_created_it()
    {
        var bundle = await TestBundle.PackAsync(app.NewName(), "1.0.0");
        await app.RegisterAsync(bundle.Name, app.Developer);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(3, answers.Count(answer => answer.Status == 200));
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
    }

    private static bool IsWrite(string entry) => entry.StartsWith(Write, StringComparison.Ordinal);
}
