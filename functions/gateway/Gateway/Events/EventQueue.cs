using Alga.Extensions.Contracts.Configuration;
using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Events;

/// <summary>
/// A queue of Azure Storage whose messages name a tenant that has something to deliver, and nothing else: it wakes replicas,
/// also what scales by its length. The database is the truth, so a message that is lost, late or doubled costs nothing.
/// </summary>
internal sealed class EventQueue
{
    /// <summary>Name of the queue; it is made where it is missing.</summary>
    public const string Name = "extension-events";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly QueueClient? queue;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private volatile bool isMade;

    /// <summary>Connects lazily; without a connection nothing is sent.</summary>
    public EventQueue(GatewayOptions options, TimeProvider time, ILogger<EventQueue> logger)
    {
        queue = options.EventQueue is { } connection ? Connect(connection) : null;
        this.time = time;
        this.logger = logger;
    }

    /// <summary>Whether there is a queue.</summary>
    public bool IsConfigured => queue is not null;

    /// <summary>Reads the setting: a connection string, or the account's https queue endpoint, which is used with the managed identity.</summary>
    public static string? Read(string? value, ConfigurationFaults faults)
    {
        if (string.IsNullOrEmpty(value)) return null;
        try
        {
            _ = Connect(value);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or UriFormatException)
        {
            faults.Add(GatewayOptions.EventQueueVariable, "is neither a connection string of Azure Storage nor an https queue endpoint such as https://account.queue.core.windows.net");
        }

        return value;
    }

    /// <summary>Says that a tenant has something to deliver. Waits at most two seconds, and never fails: a fault is in the log.</summary>
    public async Task SendAsync(Guid tenantId)
    {
        if (queue is null) return;
        using var timeout = new CancellationTokenSource(Timeout, time);
        try
        {
            await MakeAsync(timeout.Token);
            await queue.SendMessageAsync(tenantId.ToString("D"), timeToLive: Lifetime, cancellationToken: timeout.Token);
        }
        catch (Exception exception) when (exception is RequestFailedException or AuthenticationFailedException or OperationCanceledException or AggregateException)
        {
            // Somebody may have deleted it; the next message makes it anew.
            isMade = false;
            EventLog.QueueFailed(logger, exception);
        }
    }

    /// <summary>Takes messages away; true when there were any.</summary>
    public async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        if (queue is null) return false;
        await MakeAsync(cancellationToken);
        var messages = await ReceiveAsync(queue, cancellationToken);
        foreach (var message in messages.Value) await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
        return messages.Value.Length > 0;
    }

    private async Task<Response<QueueMessage[]>> ReceiveAsync(QueueClient from, CancellationToken cancellationToken)
    {
        try
        {
            return await from.ReceiveMessagesAsync(maxMessages: 32, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException)
        {
            isMade = false;
            throw;
        }
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        if (isMade) return;
        await queue!.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        isMade = true;
    }

    private static QueueClient Connect(string connection)
    {
        var options = new QueueClientOptions { Retry = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(200), NetworkTimeout = TimeSpan.FromSeconds(10), Mode = RetryMode.Fixed } };
        if (connection.Contains('=', StringComparison.Ordinal)) return new QueueClient(connection, Name, options);
        var account = new Uri(connection);
        return account.Scheme == Uri.UriSchemeHttps
            ? new QueueClient(new Uri($"{connection.TrimEnd('/')}/{Name}"), new DefaultAzureCredential(), options)
            : throw new FormatException("Not an https URL.");
    }
}
