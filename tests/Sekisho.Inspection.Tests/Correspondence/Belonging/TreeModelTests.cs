namespace Sekisho.Inspection.Tests;

public sealed class TreeModelTests
{
    /// <summary>One tree of one question and one leaf alone.</summary>
    private static TreeModel Small() => new(2, 0.5f, [0, 3], [new(1, 10, 1), new(0, -1, 0), new(0, 2, 0), new(0, 0.25f, 0)]);

    [Theory]
    [InlineData(10f, -0.25)]
    [InlineData(10.5f, 2.75)]
    public void A_row_goes_left_up_to_the_threshold_and_the_leaves_add_up(float value, double expected) => Assert.Equal(expected, Small().Score([0, value]), 6);

    [Fact]
    public void What_is_written_is_read_again()
    {
        var read = TreeModel.Read(Small().Write());

        Assert.Equal(2, read.Features);
        Assert.Equal(Small().Score([0, 3]), read.Score([0, 3]));
        Assert.Equal([0, 1], read.Uses());
    }

    [Fact]
    public void Bytes_that_are_no_model_or_point_outside_it_are_refused()
    {
        var good = Small().Write();
        Assert.Throws<InvalidDataException>(() => TreeModel.Read([]));
        Assert.Throws<InvalidDataException>(() => TreeModel.Read(good.AsSpan(0, good.Length - 1)));

        // The first root, the first node's feature and its way left.
        foreach (var at in new[] { 20, 28, 30 })
        {
            var bad = (byte[])good.Clone();
            bad[at] = 200;
            Assert.Throws<InvalidDataException>(() => TreeModel.Read(bad));
        }
    }
}
