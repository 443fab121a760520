using System.Net;
using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.KeyVault;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

var builder = WebApplication.CreateSlimBuilder(args);
var faults = new ConfigurationFaults();
var options = VaultOptions.Read(builder.Configuration, faults);
try
{
    faults.ThrowIfAny();
}
catch (ConfigurationException exception)
{
    return exception.Report(Console.Error);
}

builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseKestrelHttpsConfiguration();
Directory.CreateDirectory(options.StateFolder);
using var certificate = VaultCertificate.ReadOrCreate(options.StateFolder, TimeProvider.System);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.UseHttps(certificate)));
await using var app = builder.Build();
var token = new VaultToken(options);
app.Use(token.CheckAsync);
app.MapVault(options, new SecretStore(Path.Combine(options.StateFolder, "secrets")), TimeProvider.System);
await app.RunAsync();
return 0;
