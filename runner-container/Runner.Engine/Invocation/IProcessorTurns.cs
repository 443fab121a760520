namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Who shares processors among guests that compute for long. Called on a guest's thread, which waits for as long as the call takes; the
/// guest has a turn before it is started and after it ended.
/// </summary>
public interface IProcessorTurns
{
    /// <summary>The guest has used up its turn: it goes on when it has its next one.</summary>
    /// <param name="atMost">Time after which it goes on in any case.</param>
    void Rotate(TimeSpan atMost);

    /// <summary>The guest waits for something that is done elsewhere, and computes nothing meanwhile.</summary>
    void Leave();

    /// <summary>The guest goes on after <see cref="Leave"/>, when it has a turn.</summary>
    /// <param name="atMost">Time after which it goes on in any case; zero for at once.</param>
    void Return(TimeSpan atMost);
}
