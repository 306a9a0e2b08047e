using System.Text;

namespace Sekisho.Mime.Tests;

public sealed class MessageEditTests
{
    private const string Plain = "From: a@example.com\nTo: b@example.com,\n c@example.com\nCc: d@example.com\nSubject: x\n\nbody\n";

    [Fact]
    public void Removing_takes_the_field_with_its_folds()
    {
        var message = Sample.Message(Plain);
        var edit = new MessageEdit(message);
        edit.Remove(message.Headers.First("To")!);
        Assert.Equal("From: a@example.com\r\nCc: d@example.com\r\nSubject: x\r\n\r\nbody\r\n", edit.CopyText());
    }

    [Fact]
    public void Additions_stand_where_they_were_put_in_the_order_they_came()
    {
        var message = Sample.Message("A: 1\nB: 2\n\nbody");
        var edit = new MessageEdit(message);
        edit.InsertBefore(message.Headers[1], "X", "1"u8);
        edit.InsertBefore(message.Headers[1], "X", "2"u8);
        edit.InsertBefore(message.Headers[0], "Y", "1"u8);
        edit.Prepend("P", "1"u8);
        edit.Prepend("P", "2"u8);
        edit.Remove(message.Headers[1]);
        Assert.Equal("P: 2\r\nP: 1\r\nY: 1\r\nA: 1\r\nX: 1\r\nX: 2\r\n\r\nbody", edit.CopyText());
    }

    [Fact]
    public void The_last_change_of_a_field_counts()
    {
        var message = Sample.Message(Plain);
        var edit = new MessageEdit(message);
        var subject = message.Headers.First("Subject")!;
        edit.Remove(subject);
        edit.Replace(subject, "first"u8);
        edit.Replace(subject, "second"u8);
        Assert.Contains("\r\nSubject: second\r\n\r\n", edit.CopyText(), StringComparison.Ordinal);
        Assert.Equal(edit.Copy().Length, edit.Length);
    }

    [Fact]
    public void An_edit_that_changes_nothing_is_identity()
    {
        var message = Sample.Message(Plain);
        var edit = new MessageEdit(message);
        Assert.True(edit.IsIdentity);
        edit.Replace(message.Headers.First("Subject")!, "x"u8);
        Assert.True(edit.IsIdentity);
        edit.Replace(message.Headers.First("Subject")!, "y"u8);
        Assert.False(edit.IsIdentity);
        edit.Replace(message.Headers.First("Subject")!, "x"u8);
        edit.Remove(message.Headers.First("Cc")!);
        edit.InsertBefore(message.Headers.First("Cc")!, "Cc", "d@example.com"u8);
        Assert.True(edit.IsIdentity);
        Assert.Equal(message.Bytes.ToArray(), edit.Copy());
    }

    [Fact]
    public void Long_values_fold_before_blanks_and_unfold_to_themselves()
    {
        var value = string.Join(", ", Enumerable.Range(0, 40).Select(i => $"Person  {i} <user{i}@example.com>")) + " " + new string('x', 200) + " end";
        var message = Sample.Message(Plain);
        var edit = new MessageEdit(message);
        edit.Replace(message.Headers.First("To")!, Encoding.ASCII.GetBytes(value));
        var copy = MimeMessage.Parse(edit.Copy());
        Assert.Equal(value, copy.Headers.First("To")!.Unfolded);
        var lines = copy.Text(copy.Headers.First("To")!.Raw).Split("\r\n");
        Assert.All(lines, l => Assert.True(l.Length <= 78 || l.Trim().Length == 200, l));
        Assert.All(lines[..^1], l => Assert.NotEqual("", l.Trim()));
        Assert.Equal("body\r\n", copy.Text(copy.Root.Body));
    }

    [Fact]
    public void A_long_word_stays_on_the_line_of_its_name()
    {
        var message = Sample.Message("A: 1\n\n");
        var edit = new MessageEdit(message);
        edit.Prepend("Message-ID", Encoding.ASCII.GetBytes(new string('m', 300)));
        Assert.Equal("Message-ID: " + new string('m', 300) + "\r\nA: 1\r\n\r\n", edit.CopyText());
    }

    [Theory]
    [InlineData("A: 1\nTo: x\n\nbody", "P: 1\nA: 1\n\nbody")]
    [InlineData("A: 1\r\nTo: x", "P: 1\r\nA: 1\r\n")]
    [InlineData("", "P: 1\r\n")]
    [InlineData("\r\nbody", "P: 1\r\n\r\nbody")]
    [InlineData("text only\r\nmore", "P: 1\r\n\r\ntext only\r\nmore")]
    [InlineData(" starts blank\r\nA: 1\r\n\r\nbody", " starts blank\r\nP: 1\r\nA: 1\r\n\r\nbody")]
    [InlineData("From x@example.com Tue\r\nA: 1\r\n\r\nbody", "From x@example.com Tue\r\nP: 1\r\nA: 1\r\n\r\nbody")]
    public void Odd_messages_are_edited_in_their_own_style(string original, string expected)
    {
        var message = Sample.Exact(original);
        var edit = new MessageEdit(message);
        edit.Prepend("P", "1"u8);
        if (message.Headers.First("To") is { } to)
        {
            edit.Remove(to);
        }

        Assert.Equal(expected, edit.CopyText());
        Assert.Equal("1", MimeMessage.Parse(edit.Copy()).Headers.First("P")!.Unfolded);
    }

    [Fact]
    public void A_header_line_that_is_no_field_can_be_taken_out()
    {
        var message = Sample.Message("To: a@example.com\nb@example.com, c@example.com\nSubject: x\n\nbody");
        var edit = new MessageEdit(message);
        edit.Remove(message.Headers[1]);
        Assert.Equal("To: a@example.com\r\nSubject: x\r\n\r\nbody", edit.CopyText());
        Assert.Throws<ArgumentException>(() => edit.Replace(message.Headers[1], "x"u8));
    }

    [Fact]
    public void Hostile_values_and_strange_fields_are_refused()
    {
        var message = Sample.Message(Plain);
        var other = Sample.Message(Plain);
        var multi = Sample.Message("Content-Type: multipart/mixed; boundary=b\n\n--b\nX: y\n\n--b--\n");
        var edit = new MessageEdit(message);
        foreach (var bad in (string[])["a\r\nBcc: x", "a\n", "\r", "a\0b"])
        {
            Assert.Throws<ArgumentException>(() => edit.Replace(message.Headers[0], Encoding.ASCII.GetBytes(bad)));
            Assert.Throws<ArgumentException>(() => edit.Prepend("X", Encoding.ASCII.GetBytes(bad)));
            Assert.Throws<ArgumentException>(() => edit.InsertBefore(message.Headers[0], "X", Encoding.ASCII.GetBytes(bad)));
        }

        foreach (var bad in (string[])["", "X Y", "X:", "X\r\n", "Ü"])
        {
            Assert.Throws<ArgumentException>(() => edit.Prepend(bad, "x"u8));
        }

        Assert.Throws<ArgumentException>(() => edit.Remove(other.Headers[0]));
        Assert.Throws<ArgumentException>(() => edit.Replace(other.Headers[0], "x"u8));
        Assert.Throws<ArgumentException>(() => new MessageEdit(multi).Remove(multi.Root.Children[0].Headers[0]));
        Assert.True(edit.IsIdentity);
    }

    [Fact]
    public void Clones_do_not_touch_each_other()
    {
        var message = Sample.Message(Plain);
        var skeleton = new MessageEdit(message);
        skeleton.Remove(message.Headers.First("Cc")!);
        var to = message.Headers.First("To")!;
        var one = skeleton.Clone();
        var two = skeleton.Clone();
        one.Replace(to, "b@example.com"u8);
        two.Replace(to, "c@example.com"u8);
        Assert.Contains("To: b@example.com\r\nSubject", one.CopyText(), StringComparison.Ordinal);
        Assert.Contains("To: c@example.com\r\nSubject", two.CopyText(), StringComparison.Ordinal);
        Assert.Contains("To: b@example.com,\r\n c@example.com\r\nSubject", skeleton.CopyText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Body_bytes_are_slices_of_the_original()
    {
        var message = Sample.Message(Plain);
        var edit = new MessageEdit(message);
        edit.Remove(message.Headers.First("Cc")!);
        Assert.True(edit.Segments().Last().Span.Overlaps(message.Bytes.Span));
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(5_000, 10)]
    [InlineData(10, 5_000_000)]
    public void A_clone_costs_the_same_whatever_the_message(int fields, int body)
    {
        var text = string.Concat(Enumerable.Range(0, fields).Select(i => $"X-{i}: y\n")) + "To: " + string.Join(",\n ", Enumerable.Range(0, fields).Select(i => $"u{i}@example.com"))
            + "\nCc: a@example.com\n\n" + new string('x', body);
        var message = Sample.Message(text);
        var to = message.Headers.First("To")!;
        var skeleton = new MessageEdit(message);
        skeleton.Remove(message.Headers.First("Cc")!);
        Make(skeleton, to);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Make(skeleton, to);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1000, 1, 2_000);

        static void Make(MessageEdit skeleton, HeaderField to)
        {
            var copy = skeleton.Clone();
            copy.Replace(to, "b@example.com"u8);
            copy.Prepend("X-Sekisho", "1"u8);
            Assert.True(copy.Length > 0 && !copy.IsIdentity);
        }
    }
}
