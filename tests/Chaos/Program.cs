using System.CommandLine;
using System.Security.Cryptography;
using Alga.Extensions.Chaos;

var seconds = new Option<int>("--seconds") { Description = "How long faults are injected, 10 to 86400 s.", DefaultValueFactory = _ => 300 };
var minutes = new Option<int?>("--minutes") { Description = "A soak instead: so many minutes of load without faults, while memory and handles are watched." };
var seed = new Option<int>("--seed") { Description = "The same seed gives the same schedule.", DefaultValueFactory = _ => RandomNumberGenerator.GetInt32(1_000_000) };
var noBudgets = new Option<bool>("--no-budgets") { Description = "Report how long each fault was felt, without a limit: for machines that do other work." };
var only = new Option<string[]>("--only") { Description = "Only faults whose name has this in it, such as clock; may be given again.", DefaultValueFactory = _ => [] };
var record = new Option<string?>("--record") { Description = "File for everything that happened, a line of JSON for each fault, step and request." };
seconds.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 10 or > 86_400) result.AddError("--seconds is from 10 to 86400.");
});
var command = new RootCommand("Injects faults into a platform under load and checks that nothing acknowledged is lost or done twice.") { seconds, minutes, seed, noBudgets, only, record };
command.SetAction((parsed, cancellationToken) => parsed.GetValue(minutes) is { } soak
    ? Soak.RunAsync(TimeSpan.FromMinutes(soak), cancellationToken)
    : ChaosRun.RunAsync(
        new ChaosOptions(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(seed), !parsed.GetValue(noBudgets), parsed.GetValue(only) ?? [], parsed.GetValue(record)),
        cancellationToken));
return await command.Parse(args).InvokeAsync();
