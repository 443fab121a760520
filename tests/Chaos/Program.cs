using System.CommandLine;
using System.Security.Cryptography;
using Alga.Extensions.Chaos;

var seconds = new Option<int>("--seconds") { Description = "How long faults are injected, 10 to 86400 s.", DefaultValueFactory = _ => 300 };
var minutes = new Option<int?>("--minutes") { Description = "A soak instead: so many minutes of load without faults, while memory and handles are watched." };
var seed = new Option<int>("--seed") { Description = "The same seed gives the same schedule.", DefaultValueFactory = _ => RandomNumberGenerator.GetInt32(1_000_000) };
var noBudgets = new Option<bool>("--no-budgets") { Description = "Report how long each fault was felt, without a limit: for machines that do other work." };
seconds.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 10 or > 86_400) result.AddError("--seconds is from 10 to 86400.");
});
var command = new RootCommand("Injects faults into a platform under load and checks that nothing acknowledged is lost or done twice.") { seconds, minutes, seed, noBudgets };
command.SetAction((parsed, cancellationToken) => parsed.GetValue(minutes) is { } soak
    ? Soak.RunAsync(TimeSpan.FromMinutes(soak), cancellationToken)
    : ChaosRun.RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(seed), !parsed.GetValue(noBudgets), cancellationToken));
return await command.Parse(args).InvokeAsync();
