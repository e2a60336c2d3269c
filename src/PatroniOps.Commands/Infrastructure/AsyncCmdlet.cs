using System.Collections.Concurrent;
using System.Management.Automation;

namespace PatroniOps.Commands;

/// <summary>
/// Runs a cmdlet's work as a task while the pipeline's own thread writes what the task produces. Ctrl+C cancels the task and waits for it, so
/// that nothing outlives the cmdlet.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    // A producer that is faster than the pipeline waits for it.
    private const int MostWaiting = 1024;

    private readonly CancellationTokenSource stop = new();
    private BlockingCollection<Action>? pump;

    /// <summary>The work for one input record.</summary>
    protected virtual Task ProcessAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The work when all records are through.</summary>
    protected virtual Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected sealed override void ProcessRecord() => Run(ProcessAsync);

    protected sealed override void EndProcessing() => Run(EndAsync);

    protected sealed override void StopProcessing() => stop.Cancel();

    /// <summary>Writes an object as soon as the pipeline takes it.</summary>
    protected void Emit(object value) => Post(() => WriteObject(value));

    protected void EmitError(ErrorRecord error) => Post(() => WriteError(error));

    protected void EmitWarning(string text) => Post(() => WriteWarning(text));

    protected void EmitVerbose(string text) => Post(() => WriteVerbose(text));

    protected void EmitProgress(ProgressRecord record) => Post(() => WriteProgress(record));

    /// <summary>Does something with the host on the pipeline's own thread.</summary>
    protected void OnPipeline(Action action) => Post(action);

    /// <summary>Asks PowerShell whether to go on, on the pipeline's thread. With -WhatIf the description is printed and the answer is no.</summary>
    protected Task<bool> ConfirmAsync(string description, string question, string caption)
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => answer.SetResult(ShouldProcess(description, question, caption)));
        stop.Token.Register(() => answer.TrySetCanceled(stop.Token));
        return answer.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            stop.Dispose();
    }

    private void Post(Action action)
    {
        try
        {
            pump?.Add(action, stop.Token);
        }
        catch (InvalidOperationException)
        {
            // The pipeline has been stopped: nobody reads any more.
        }
    }

    private void Run(Func<CancellationToken, Task> work)
    {
        using var actions = new BlockingCollection<Action>(MostWaiting);
        pump = actions;
        var task = Task.Run(async () =>
        {
            try
            {
                await work(stop.Token).ConfigureAwait(false);
            }
            finally
            {
                actions.CompleteAdding();
            }
        });
        try
        {
            foreach (var action in actions.GetConsumingEnumerable())
                action();
        }
        catch
        {
            // The pipeline wants no more (Select-Object -First, -ErrorAction Stop): end the work before the cmdlet goes.
            stop.Cancel();
            Wait(task);
            throw;
        }
        try
        {
            Wait(task);
            task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    // Its own failure is looked at by the caller, where there is one to tell.
    private static void Wait(Task task) => ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
}
