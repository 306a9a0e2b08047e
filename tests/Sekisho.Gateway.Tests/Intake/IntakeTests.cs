using System.Net;
using System.Text;
using Sekisho.Gateway.Intake;

namespace Sekisho.Gateway.Tests.Intake;

public sealed class IntakeTests
{
    [Theory]
    [InlineData("Received: a\r\nReceived: b\r\n\r\nReceived: body\r\n", 2)]
    [InlineData("received:a\r\nRECEIVED: b\r\nX-Received: c\r\n Received: fold\r\n\r\n", 2)]
    [InlineData("Subject: Received: no\r\n\r\n", 0)]
    [InlineData("Receive: no\r\nReceivedx: no\r\n", 0)]
    [InlineData("", 0)]
    public void Received_lines_of_the_header_are_counted_however_the_bytes_arrive(string message, int hops)
    {
        var bytes = Encoding.ASCII.GetBytes(message);
        for (var size = 1; size <= bytes.Length + 1; size++)
        {
            var counter = default(HopCounter);
            foreach (var chunk in bytes.Chunk(size))
            {
                counter.Read(chunk);
            }

            Assert.Equal(hops, counter.Count);
        }
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "11.1.2.3", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("2001:db8::/32", "2001:db8::1", true)]
    public void Networks_match_by_prefix(string network, string address, bool inside)
        => Assert.Equal(inside, new Networks([network]).Contains(IPAddress.Parse(address)));

    [Fact]
    public void Connections_are_limited_in_all_and_by_client()
    {
        var counter = new ConnectionCounter();
        var one = IPAddress.Parse("192.0.2.1");
        var two = IPAddress.Parse("192.0.2.2");
        Assert.True(counter.TryEnter(one, 3, 2));
        Assert.True(counter.TryEnter(one, 3, 2));
        Assert.False(counter.TryEnter(one, 3, 2));
        Assert.True(counter.TryEnter(two, 3, 2));
        Assert.False(counter.TryEnter(two, 3, 2));
        Assert.Equal(3, counter.Open);
        counter.Leave(one);
        Assert.True(counter.TryEnter(two, 3, 2));
    }
}
