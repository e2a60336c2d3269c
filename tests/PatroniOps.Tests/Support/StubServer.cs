using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PatroniOps.Tests.Support;

/// <summary>Answers GETs on loopback by path; a path without an answer hangs. Of calls that change something it takes note, and ends them without an answer.</summary>
internal sealed class StubServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? certificate;
    private readonly CancellationTokenSource stop = new();

    public StubServer(bool tls = false)
    {
        certificate = tls ? SelfSigned() : null;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public Uri Uri => new($"{(certificate is null ? "http" : "https")}://127.0.0.1:{Port}/");

    /// <summary>Whole answers, head and body.</summary>
    public ConcurrentDictionary<string, string> Answers { get; } = new();

    /// <summary>The calls that change something, such as <c>PATCH /config</c>.</summary>
    public ConcurrentQueue<string> Changes { get; } = new();

    /// <summary>What such a call does.</summary>
    public Action? OnChange { get; set; }

    public StubServer Json(string path, string body) => Raw(path, "200 OK", body);

    public StubServer Raw(string path, string status, string body, string headers = "")
    {
        Answers["/" + path] = $"HTTP/1.0 {status}\r\nContent-Type: application/json\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        return this;
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        certificate?.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            Stream stream = client.GetStream();
            if (certificate is not null)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(certificate);
                stream = tls;
            }
            using var reader = new StreamReader(stream);
            var request = (await reader.ReadLineAsync(stop.Token) ?? "").Split(' ');
            var path = request.ElementAtOrDefault(1) ?? "";
            while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 })
            {
            }
            if (request[0] is not ("GET" or ""))
            {
                Changes.Enqueue($"{request[0]} {path}");
                OnChange?.Invoke();
                return;
            }
            if (!Answers.TryGetValue(path, out var answer))
                await Task.Delay(Timeout.Infinite, stop.Token);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer!), stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
        {
            // The client went away, or the test is over.
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
