using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Database;
using Alga.Extensions.Setup;
using Azure;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Npgsql;

try
{
    var options = SetupOptions.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build());
    await PlatformSetup.RunAsync(options, Console.Out, CancellationToken.None);
    return 0;
}
catch (ConfigurationException exception)
{
    return exception.Report(Console.Error);
}
catch (Exception exception) when (exception is MigrationException or NpgsqlException or RequestFailedException or AuthenticationFailedException or InvalidDataException)
{
    await Console.Error.WriteLineAsync($"Setup failed: {exception.Message}");
    return 1;
}
