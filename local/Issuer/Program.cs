using System.Net;
using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Issuer;
using Alga.Extensions.Issuer.Authorize;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

var builder = WebApplication.CreateSlimBuilder(args);
var faults = new ConfigurationFaults();
var options = IssuerOptions.Read(builder.Configuration, faults);
try
{
    faults.ThrowIfAny();
}
catch (ConfigurationException exception)
{
    return exception.Report(Console.Error);
}

builder.Logging.SetMinimumLevel(LogLevel.Warning);
// Loopback only: whoever reaches this port can act as anybody.
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
using var key = SigningKey.ReadOrCreate(options.StateFolder);
await using var app = builder.Build();
app.UseClientOrigins(options);
app.MapIssuer(options, key, new TokenWriter(options, key, TimeProvider.System), new AuthorizationCodes(TimeProvider.System));
await app.RunAsync();
return 0;
