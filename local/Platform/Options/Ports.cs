namespace Alga.Extensions.Platform.Options;

/// <summary>Which service listens where, on 127.0.0.1.</summary>
public sealed record Ports(int Base)
{
    public const int DefaultBase = 7071;

    public int Gateway => Base;

    public int Registry => Base + 1;

    public int Issuer => Base + 2;

    public int KeyVault => Base + 3;

    public int Blob => Base + 4;

    public int Queue => Base + 5;

    public int Postgres => Base + 6;

    public int Prometheus => Base + 7;

    public int DemoHost => Base + 8;

    public int Runner => Base + 9;

    /// <summary>The gateway's metrics page.</summary>
    public int GatewayMetrics => Base + 10;

    /// <summary>The registry's metrics page.</summary>
    public int RegistryMetrics => Base + 11;

    /// <summary>The second gateway, where there are two.</summary>
    public int SecondGateway => Base + 12;

    /// <summary>The second runner, where there are two.</summary>
    public int SecondRunner => Base + 13;
}
