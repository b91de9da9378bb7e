package io.partita.member.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Names put together from words of our own: plants, stones and weather, so that no real person or firm is meant. */
final class Names {

    private static final List<String> FIRST = List.of("Amber", "Aster", "Basil", "Birch", "Briar", "Bryony", "Calla", "Cedar",
            "Clover", "Coral", "Cypress", "Dahlia", "Drift", "Elder", "Ember", "Fennel", "Fern", "Flint", "Garnet", "Hazel",
            "Heather", "Indigo", "Iris", "Jade", "Jasper", "Juniper", "Lark", "Laurel", "Linden", "Lotus", "Maple", "Marl",
            "Meadow", "Mica", "Moss", "Myrtle", "Olive", "Onyx", "Opal", "Pebble", "Pine", "Poppy", "Quill", "Rain", "Reed",
            "Robin", "Rowan", "Rush", "Sable", "Saffron", "Sage", "Sedge", "Slate", "Sorrel", "Storm", "Tansy", "Teal", "Thorn",
            "Umber", "Vetch", "Willow", "Wren", "Yarrow", "Zinnia");
    private static final List<String> START = List.of("Ash", "Black", "Bramble", "Bright", "Brook", "Cold", "Dun", "Fair",
            "Fen", "Frost", "Glen", "Gold", "Green", "Grey", "Hollow", "Iron", "Lake", "Long", "Marsh", "Mill", "Moor", "North",
            "Oak", "Quick", "Raven", "Red", "Salt", "Silver", "Stone", "Summer", "Swift", "Thistle", "Under", "White", "Wild",
            "Winter");
    private static final List<String> END = List.of("acre", "bank", "barrow", "beck", "bourne", "bridge", "cliff", "combe",
            "croft", "dale", "fall", "field", "ford", "gate", "grove", "harbour", "haven", "heath", "hill", "holt", "ley", "march",
            "mere", "mouth", "reach", "ridge", "shaw", "stead", "thorpe", "wick", "wold", "worth");
    private static final List<String> THING = List.of("Anchor", "Anvil", "Apple", "Arrow", "Barrel", "Bell", "Button", "Candle",
            "Compass", "Copper Kettle", "Crane", "Feather", "Fiddle", "Fox", "Hammer", "Heron", "Lantern", "Magpie", "Needle",
            "Orchard", "Otter", "Owl", "Paper Boat", "Plough", "Rocket", "Sail", "Teapot", "Thimble", "Tulip", "Umbrella",
            "Wagon", "Whistle");
    private static final List<String> COLOUR = List.of("Amber", "Blue", "Brass", "Crimson", "Emerald", "Golden", "Ivory",
            "Little", "Merry", "Old", "Pink", "Quiet", "Round", "Silver", "Velvet", "Yellow");
    private static final List<String> SHOP = List.of("Bakery", "Books", "Cafe", "Cycles", "Flowers", "Garden Centre", "Grocers",
            "Hardware", "Music", "Outfitters", "Pharmacy", "Records", "Shoes", "Toys", "Travel", "Wines");
    private static final List<String> FIRM = List.of("Analytics", "Architects", "Boatyard", "Carpentry", "Ceramics", "Engineering",
            "Films", "Foundry", "Freight", "Instruments", "Joinery", "Labs", "Logistics", "Mills", "Optics", "Printworks",
            "Properties", "Shipping", "Software", "Textiles");

    private final RandomGenerator random;
    private final Set<String> used = new HashSet<>();

    Names(RandomGenerator random) {
        this.random = random;
    }

    String person() {
        return fresh(FIRST, " ", START, "", END);
    }

    String shop() {
        return fresh(COLOUR, " ", THING, " ", SHOP);
    }

    String firm() {
        return fresh(COLOUR, " ", THING, " ", FIRM);
    }

    private String fresh(List<String> first, String gap, List<String> second, String join, List<String> third) {
        String name = one(first) + gap + one(second) + join + one(third);
        while (!used.add(name)) {
            name = one(first) + gap + one(second) + join + one(third);
        }
        return name;
    }

    private String one(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
