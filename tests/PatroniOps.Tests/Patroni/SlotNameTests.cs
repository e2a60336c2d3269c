using CsCheck;
using PatroniOps.Patroni;

namespace PatroniOps.Tests.Patroni;

public sealed class SlotNameTests
{
    [Theory]
    [InlineData("bar-psqldb04", "bar_psqldb04")]
    [InlineData("db.example.org", "db_example_org")]
    [InlineData("DB_04", "db_04")]
    [InlineData("a b", "au0032b")]
    [InlineData("a/b", "au0047b")]
    [InlineData("é", "u0233")]
    [InlineData("É", "u0233")]
    [InlineData("数据", "u25968u25454")]
    [InlineData("😀", "u128512")]
    [InlineData("a😀-b", "au128512_b")]
    [InlineData("\t", "u0009")]
    [InlineData("", "")]
    public void A_members_name_becomes_its_slots_name(string member, string slot) => Assert.Equal(slot, SlotName.FromMember(member));

    [Fact]
    public void It_is_cut_to_63_characters_after_the_replacement()
    {
        Assert.Equal(new string('a', 63), SlotName.FromMember(new string('a', 80)));
        Assert.Equal(new string('a', 62) + "u", SlotName.FromMember(new string('a', 62) + "é"));
    }

    [Fact]
    public void Two_members_can_collide() => Assert.Equal(SlotName.FromMember("db-1"), SlotName.FromMember("db.1"));

    [Fact]
    public void Every_name_gives_a_slot_name_that_Postgres_takes() => Gen.String[1, 100].Sample(name => SlotName.IsValid(SlotName.FromMember(name)));

    [Theory]
    [InlineData("a_1", true)]
    [InlineData("", false)]
    [InlineData("a-1", false)]
    [InlineData("A", false)]
    [InlineData("é", false)]
    public void Postgres_takes_lower_case_digits_and_underscore(string name, bool isValid) => Assert.Equal(isValid, SlotName.IsValid(name));

    [Fact]
    public void Postgres_takes_63_characters_and_no_more()
    {
        Assert.True(SlotName.IsValid(new string('a', 63)));
        Assert.False(SlotName.IsValid(new string('a', 64)));
    }
}
