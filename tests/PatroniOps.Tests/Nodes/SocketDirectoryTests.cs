using PatroniOps.Nodes;

namespace PatroniOps.Tests.Nodes;

public class SocketDirectoryTests
{
    [Fact]
    public void What_a_killed_process_left_goes_and_what_is_held_stays()
    {
        var abandoned = Directory.CreateTempSubdirectory("patroniops-ssh-");
        File.WriteAllText(Path.Combine(abandoned.FullName, "owner"), "");
        File.WriteAllText(Path.Combine(abandoned.FullName, "1"), "");
        using var first = new SocketDirectory();

        Assert.False(Directory.Exists(abandoned.FullName));
        using (var second = new SocketDirectory())
            Assert.True(Directory.Exists(first.FullName) && Directory.Exists(second.FullName));
        Assert.True(Directory.Exists(first.FullName));
    }

    [Fact]
    public void One_that_is_just_being_made_is_left_alone()
    {
        var begun = Directory.CreateTempSubdirectory("patroniops-ssh-");
        try
        {
            using var other = new SocketDirectory();
            Assert.True(Directory.Exists(begun.FullName));
        }
        finally
        {
            begun.Delete();
        }
    }

    [Fact]
    public void It_goes_with_its_holder()
    {
        var directory = new SocketDirectory();
        directory.Dispose();
        Assert.False(Directory.Exists(directory.FullName));
    }
}
