using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Database;
using Alga.Extensions.Runner.Http;
using Alga.Extensions.Telemetry;
using Microsoft.AspNetCore.Builder;

if (args is [HealthProbe.Argument]) return await HealthProbe.RunAsync(8080, "/healthz");

try
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddRunner(RunnerOptions.Read(builder.Configuration));
    await using var app = builder.Build();
    app.MapRunner();
    await app.RunAsync();
    return 0;
}
catch (ConfigurationException exception)
{
    return exception.Report(Console.Error);
}
catch (UnsafeDatabaseException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
