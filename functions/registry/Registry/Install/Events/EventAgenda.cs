using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Install.Events;

/// <summary>The dispatchers' agenda, in the gateway.</summary>
internal static class EventAgenda
{
    /// <summary>Has a dispatcher look at the tenant once this transaction is committed. Call it as the last of its writes.</summary>
    public static Task NoteAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "select note_event_agenda(clock_timestamp())", transaction: transaction, cancellationToken: cancellationToken));
}
